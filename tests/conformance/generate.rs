//! `generate/`: PolicyGenTemplate, SiteConfig and kustomize cases, run through the built `oc-ztp`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ztp_common::yaml::Value;

use super::{Results, compare};

pub fn run(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Results {
    let program = ztp_tests::built("oc-ztp");
    let mut results = Results::new();
    for group in ["pgt", "siteconfig", "kustomize"] {
        for case in subfolders(&folder.join(group)) {
            let id = format!("{group}/{}", case.file_name().unwrap_or_default().to_string_lossy());
            if wanted(&id) {
                let problems = Case::read(&case, folder).map_or_else(|e| vec![e], |case| case.run(&program));
                results.push((id, problems));
            }
        }
    }
    results
}

fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    folders
}

/// One case: its folder and what `cmd.yaml` says.
struct Case<'a> {
    folder: &'a Path,
    command: Value,
    source_crs: Option<PathBuf>,
    extra_manifests: Option<PathBuf>,
}

impl<'a> Case<'a> {
    fn read(folder: &'a Path, data: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(folder.join("cmd.yaml")).map_err(|e| format!("cmd.yaml: {e}"))?;
        let command = compare::read("cmd.yaml", &text)?.into_iter().next().ok_or("cmd.yaml: empty")?;
        let tree = data.join("source-crs");
        let place = |key: &str, shared: PathBuf| match command.get(key).and_then(Value::as_str) {
            Some("cwd") | None => None,
            Some("shared") => Some(shared),
            Some(other) => Some(PathBuf::from(other)),
        };
        let source_crs = place("sourceCrs", tree.clone());
        let extra_manifests = place("extraManifests", tree.join("extra-manifest"));
        Ok(Self { folder, command, source_crs, extra_manifests })
    }

    fn text(&self, key: &str) -> &str {
        self.command.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    fn flag(&self, key: &str) -> Option<bool> {
        match self.command.get(key) {
            Some(Value::Bool(b)) => Some(*b),
            _ => None,
        }
    }

    fn run(&self, program: &Path) -> Vec<String> {
        let Ok(scratch) = tempfile::tempdir() else { return vec!["no temporary folder".into()] };
        let out = scratch.path().join("out");
        let streaming = self.text("expect") == "stream" || self.text("kind") == "kustomize";
        let mut command = Command::new(program);
        command.arg("generate").current_dir(self.folder.join("input"));
        for (flag, value) in [("--source-crs", &self.source_crs), ("--extra-manifests", &self.extra_manifests)] {
            if let Some(value) = value {
                command.arg(flag).arg(value);
            }
        }
        if !streaming {
            command.arg("--output-dir").arg(&out);
        }
        if self.flag("wrapInPolicy") == Some(false) {
            command.arg("--wrap-in-policy=false");
        }
        if self.flag("extraManifestOnly") == Some(true) {
            command.arg("--extra-manifests-only");
        }
        let paths = self.command.get("paths").and_then(Value::as_seq).unwrap_or_default();
        command.args(paths.iter().filter_map(Value::as_str));
        match command.output() {
            Ok(output) => self.judge(&output, streaming, &out),
            Err(e) => vec![format!("cannot run: {e}")],
        }
    }

    fn judge(&self, output: &std::process::Output, streaming: bool, out: &Path) -> Vec<String> {
        let message = String::from_utf8_lossy(&output.stderr);
        let code = output.status.code();
        if code.is_none_or(|code| code == 101) || message.contains("panicked at") {
            return vec![format!("crashed: {message}")];
        }
        let any_exit = self.text("exit") == "any";
        if self.text("expect") == "error" {
            return if code == Some(0) && !any_exit { vec!["an error was expected".into()] } else { Vec::new() };
        }
        if code != Some(0) && !any_exit {
            return vec![format!("exit code {code:?}: {message}")];
        }
        if streaming {
            let mut problems = Vec::new();
            let expected = fs::read_to_string(self.folder.join("expected.yaml")).unwrap_or_default();
            compare::streams("stdout", &expected, &String::from_utf8_lossy(&output.stdout), &mut problems);
            return problems;
        }
        let got = files(out);
        ["expected", "expected-alt"]
            .map(|name| self.folder.join(name))
            .iter()
            .enumerate()
            .filter(|(i, folder)| *i == 0 || folder.is_dir())
            .map(|(_, folder)| trees(&files(folder), &got))
            .min_by_key(Vec::len)
            .unwrap_or_default()
    }
}

fn trees(expected: &BTreeMap<PathBuf, String>, got: &BTreeMap<PathBuf, String>) -> Vec<String> {
    let mut problems = Vec::new();
    for (path, text) in expected {
        match got.get(path) {
            None => problems.push(format!("{}: missing", path.display())),
            Some(other) if other == text => {}
            Some(other) => compare::streams(&path.display().to_string(), text, other, &mut problems),
        }
    }
    problems
        .extend(got.keys().filter(|p| !expected.contains_key(*p)).map(|p| format!("{}: not expected", p.display())));
    problems
}

/// All files below a folder by their relative paths.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let (Ok(relative), Ok(bytes)) = (path.strip_prefix(folder), fs::read(&path)) {
                found.insert(relative.to_path_buf(), String::from_utf8_lossy(&bytes).into_owned());
            }
        }
    }
    found
}
