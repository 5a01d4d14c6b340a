//! Mutated inputs for a bounded time: nothing a file holds may make the library panic, and generating twice gives the
//! same objects.
//!
//! `ZTP_FUZZ_SECONDS` (default 2) is the time for each target, `ZTP_FUZZ_SEED` the start, `ZTP_FUZZ_CORPUS` a folder with
//! more files to begin with. An input that panics is kept
//! below `target/fuzz/` and named. Arguments are parts of target names.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use ztp_common::generate::machineconfig;
use ztp_common::generate::policy::{PgtGenerator, SourceCrs, Wrapping};
use ztp_common::generate::site::{Options, SiteGenerator};
use ztp_common::generate::template::{self, Data};
use ztp_common::yaml::{Source, Value, documents, emit, hub_documents};

/// A target: its name, what it begins with, and what is done with an input.
type Target<'t> = (&'static str, Vec<String>, Box<dyn Fn(&str) + 't>);

/// Pieces that make or break YAML, templates and overrides.
const PIECES: [&str; 40] = [
    "\n",
    "  ",
    "\t",
    "- ",
    ": ",
    "? ",
    "#",
    "'",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&a ",
    "*a",
    "<<: ",
    "!!int ",
    "|",
    ">-",
    "---\n",
    "...\n",
    "null",
    "~",
    "$mcp",
    "$x",
    "{{",
    "}}",
    "{{if .Data}}",
    "{{end}}",
    "{{ .Cluster.X }}",
    "0x",
    "1e999",
    "-1",
    "\u{feff}",
    "é",
    "{\"a\":1}",
    "\u{0}",
    "kind: ",
];

fn main() -> ExitCode {
    let number = |name: &str, default| std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default);
    let time = Duration::from_secs(number("ZTP_FUZZ_SECONDS", 2));
    let words: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let folder = ztp_tests::workspace().join("examples");
    let mut failed = 0;
    let targets = targets(&folder);
    std::panic::set_hook(Box::new(|_| {}));
    let wanted = |name: &str| words.is_empty() || words.iter().any(|w| name.contains(w.as_str()));
    for (name, seeds, run) in targets.iter().filter(|(name, ..)| wanted(name)) {
        let mut random = Random(number("ZTP_FUZZ_SEED", 0x5eed_0001));
        let (mut inputs, start) = (0u64, Instant::now());
        while start.elapsed() < time {
            let input = random.mutate(seeds);
            inputs += 1;
            if catch_unwind(AssertUnwindSafe(|| run(&input))).is_err() {
                failed += 1;
                println!("{name}: panicked on {}", keep(name, &input));
                break;
            }
        }
        println!("{name}: {inputs} inputs");
    }
    println!("{} passed, {failed} failed", targets.len() - failed);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn keep(name: &str, input: &str) -> String {
    let path = ztp_tests::workspace().join("target/fuzz").join(format!("{name}.txt"));
    let written = path.parent().map(std::fs::create_dir_all).and_then(|_| std::fs::write(&path, input).ok());
    written.map_or_else(|| format!("{input:?}"), |()| path.display().to_string())
}

fn targets(examples: &Path) -> Vec<Target<'_>> {
    let files = |kind: &str| -> Vec<String> {
        let mut all = ztp_tests::files_below(examples);
        all.extend(std::env::var_os("ZTP_FUZZ_CORPUS").into_iter().flat_map(|f| ztp_tests::files_below(Path::new(&f))));
        all.into_iter().filter_map(|p| std::fs::read_to_string(p).ok()).filter(|t| t.contains(kind)).collect()
    };
    let site = SiteGenerator::new(Options { working_folder: examples.join("sites"), ..Options::default() });
    let crs = vec![examples.join("policies/source-crs")];
    let policy = PgtGenerator::new(SourceCrs::new(crs).into(), Wrapping::AsWritten);
    vec![
        ("yaml", files(""), Box::new(yaml)),
        ("siteconfig", files("kind: SiteConfig"), Box::new(move |text| twice(text, |source| site.generate(source)))),
        (
            "policygentemplate",
            files("kind: PolicyGenTemplate"),
            Box::new(move |text| twice(text, |source| policy.generate(source))),
        ),
        ("machineconfig", vec![MACHINE_CONFIG.into()], Box::new(machine_config)),
        ("template", vec![TEMPLATE.into()], Box::new(|text| drop(template::render("fuzz", text, &data())))),
    ]
}

fn yaml(text: &str) {
    let Ok(source) = Source::from_bytes("fuzz.yaml", text.as_bytes().to_vec()) else { return };
    for document in documents(&source).flatten() {
        let Some(root) = document.root() else { continue };
        let _ = (root.to_json(), root.fields());
        if let Ok(value) = root.to_value() {
            let written = emit::to_string(&value);
            let again = read(&written);
            // The keys 1 and 1.0 are two in memory and one in text, as for Go; all else reads back.
            assert!(again.is_none_or(|again| emit::to_string(&again) == written), "{written}");
        }
    }
    hub_documents(&source).flatten().filter_map(|d| d.root().map(|root| root.to_json().is_ok())).for_each(drop);
}

fn read(text: &str) -> Option<Value> {
    let source = Source::from_text("written.yaml", text);
    documents(&source).next()?.ok()?.root()?.to_value().ok()
}

fn twice(text: &str, generate: impl Fn(&Source) -> ztp_common::generate::Generated) {
    let Ok(source) = Source::from_bytes("fuzz.yaml", text.as_bytes().to_vec()) else { return };
    let once = generate(&source);
    assert_eq!(once, generate(&source));
    for object in &once.objects {
        assert_eq!(
            read(&emit::to_string(&object.value)).map(|v| emit::to_string(&v)),
            Some(emit::to_string(&object.value))
        );
    }
}

fn machine_config(text: &str) {
    let Some(value) = read(text) else { return };
    let other = read(MACHINE_CONFIG).unwrap_or_default();
    let _ = machineconfig::merge(vec![("a.yaml".into(), value), ("b.yaml".into(), other)]);
}

fn data() -> Data {
    let node =
        Data::structure("node", vec![("HostName", Data::Text("n1".into())), ("Disks", Data::list([Data::Int(1)]))]);
    Data::structure("top", vec![("Role", Data::Text("master".into())), ("Data", node)])
}

const MACHINE_CONFIG: &str = "\
kind: MachineConfig
metadata: {name: a, labels: {machineconfiguration.openshift.io/role: master}}
spec:
  kernelArguments: [a, b]
  config:
    ignition: {version: 3.2.0}
    storage: {files: [{path: /etc/a, mode: 420, contents: {source: 'data:,x'}}]}
    systemd: {units: [{name: a.service, enabled: true, contents: '[Unit]'}]}
";

const TEMPLATE: &str = "{{ $r := .Role }}{{- with .Data }}{{ range $i, $d := .Disks }}{{ if eq $d 1 2 }}{{ printf \"%d %s\" $d $r }}\
                        {{ else }}{{ .HostName | len }}{{ end }}{{ end }}{{ end }}{{/* c */}}";

/// xorshift: the same inputs for the same seed everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// A seed with a few pieces put in, cut out, repeated, or taken from another seed.
    fn mutate(&mut self, seeds: &[String]) -> String {
        let mut text = seeds.get(self.below(seeds.len())).cloned().unwrap_or_default();
        for _ in 0..=self.below(6) {
            let (a, b) = (self.place(&text), self.place(&text));
            let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 200));
            let to = (from..=to).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(from);
            match self.below(8) {
                0..4 => text.insert_str(from, PIECES[self.below(PIECES.len())]),
                4 | 5 => text.replace_range(from..to, ""),
                6 => text.insert_str(to, &text.clone()[from..to]),
                _ => {
                    let other = seeds.get(self.below(seeds.len())).cloned().unwrap_or_default();
                    let start = self.place(&other);
                    text.replace_range(from.., &other[start..]);
                }
            }
        }
        text
    }
}
