//! A small repository that is clean, and mistakes planted in it one at a time: each is found at its line, and gone when
//! the fix is followed, which is the clean repository again.

#[path = "validate/mistakes.rs"]
mod mistakes;

use std::fs;
use std::io;
use std::path::Path;

use mistakes::{COMMON, FILES, MISTAKES, Mistake, SNO};
use ztp_common::finding::{Finding, Level};
use ztp_common::lint::{Files, Lookup, Repository, check};

fn write(root: &Path) -> io::Result<()> {
    FILES.iter().try_for_each(|(name, text)| {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::write(path, text)
    })
}

fn found(root: &Path, accepted: &[String]) -> Vec<Finding> {
    let lookup = Lookup { source_crs: vec!["source-crs".into()], ..Lookup::default() };
    let files = Files::read(&[root.to_path_buf()], &[]);
    check(&Repository::new(&files, &lookup), accepted).findings
}

fn shown(root: &Path, finding: &Finding) -> (String, String, u32) {
    let place = finding.place.as_ref();
    let file = place.map(|p| p.file.replace(&format!("{}/", root.display()), "")).unwrap_or_default();
    (finding.id.to_owned(), file, place.map_or(0, |p| p.line))
}

/// Makes a copy of the repository one of many: its clusters, policies, labels and addresses are its own.
fn of_copy(text: &str, number: usize) -> String {
    let pairs = [
        ("pier", format!("pier{number:02}")),
        ("quay", format!("quay{number:02}")),
        ("Pier_1", format!("Pier_{number:02}")),
        ("02:00:00:00", format!("02:00:00:{number:02}")),
        ("192.0.", format!("10.{number}.")),
        ("ztp-common", format!("ztp-common{number:02}")),
        ("name: common\n", format!("name: common{number:02}\n")),
        ("common: \"true\"", format!("common{number:02}: \"true\"")),
    ];
    pairs.iter().fold(text.to_owned(), |text, (old, new)| text.replace(old, new))
}

/// Replaces a text that is there once, or the first time it is.
fn edit(path: &Path, (old, new): (&str, &str), number: usize) -> io::Result<()> {
    let text = fs::read_to_string(path)?;
    let (old, new) = (of_copy(old, number), of_copy(new, number));
    assert!(text.contains(&old), "{} has no {old}", path.display());
    fs::write(path, text.replacen(&old, &new, 1))
}

#[test]
fn planted_mistakes_are_found_at_their_lines() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    write(root)?;
    assert_eq!(found(root, &[]), [], "the repository without mistakes");
    let mut missed = Vec::new();
    for Mistake { file, planted: (from, to), id, line, says, .. } in MISTAKES {
        let clean = fs::read_to_string(root.join(file))?;
        assert!(clean.contains(from), "{file} has no {from}");
        fs::write(root.join(file), clean.replacen(from, to, 1))?;
        let findings = found(root, &[]);
        fs::write(root.join(file), &clean)?;
        let here = |f: &&Finding| shown(root, f).0 == *id && shown(root, f).2 == *line;
        match findings.iter().find(here) {
            Some(Finding { fix: Some(fix), .. }) if fix.contains(says) => {}
            Some(finding) => {
                missed.push((*id, *line, vec![(finding.fix.clone().unwrap_or_default(), String::new(), 0)]))
            }
            None => missed.push((*id, *line, findings.iter().map(|f| shown(root, f)).collect::<Vec<_>>())),
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
    Ok(())
}

/// A repository of as many parts as there are mistakes, one planted in each. Whoever follows the fix of one is rid of
/// what it caused and of nothing else, and who follows all has a clean repository.
#[test]
fn fixes_work_when_they_are_followed() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    let part = |number: usize| root.join(format!("part{number:02}"));
    for (number, mistake) in MISTAKES.iter().enumerate() {
        for (name, text) in FILES {
            let path = part(number).join(name);
            fs::create_dir_all(path.parent().unwrap_or(root))?;
            fs::write(path, of_copy(text, number))?;
        }
        edit(&part(number).join(mistake.file), mistake.planted, number)?;
    }
    let all = |found: Vec<Finding>| found.iter().map(|f| shown(root, f)).collect::<Vec<_>>();
    let mut left = all(found(root, &[]));
    for (number, mistake) in MISTAKES.iter().enumerate() {
        let own = format!("part{number:02}/");
        assert!(left.iter().any(|(id, file, _)| id == mistake.id && file.starts_with(&own)), "{} in {own}", mistake.id);
        edit(&part(number).join(mistake.file), mistake.followed, number)?;
        left.retain(|(_, file, _)| !file.starts_with(&own));
        assert_eq!(all(found(&part(number), &[])), [], "after the fix of {} was followed in {own}", mistake.id);
        // The whole takes its time.
        if number % 7 == 0 || left.is_empty() {
            assert_eq!(all(found(root, &[])), left, "after the fix of {} was followed in {own}", mistake.id);
        }
    }
    assert_eq!(left, []);
    Ok(())
}

#[test]
fn a_folder_under_generators_may_list_them_as_resources() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    write(root)?;
    fs::write(root.join("kustomization.yaml"), "generators:\n  - sites\n")?;
    fs::write(root.join("sites/kustomization.yaml"), "resources:\n  - sno.yaml\n  - mno.yaml\n")?;
    fs::rename(root.join("sites/extra-manifest"), root.join("extra-manifest"))?;
    assert_eq!(found(root, &[]), []);
    Ok(())
}

#[test]
fn an_error_in_a_file_that_nothing_lists_is_a_warning() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    write(root)?;
    fs::create_dir(root.join("policies/later"))?;
    fs::write(root.join("policies/later/group.yaml"), COMMON.replace("Tuned.yaml", "Tunde.yaml"))?;
    let findings = found(root, &[]);
    let levels: Vec<_> = findings.iter().map(|f| (f.id, f.level)).collect();
    assert_eq!(levels, [("policy/source-missing", Level::Warning)]);
    Ok(())
}

#[test]
fn accepted_findings_are_put_aside() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    write(root)?;
    let path = root.join("sites/sno.yaml");
    let ids = |accepted: &[String]| found(root, accepted).iter().map(|f| f.id).collect::<Vec<_>>();
    let prefix = SNO.replace("clusterName: pier", "clusterName: ztp-pier");
    fs::write(&path, &prefix)?;
    assert_eq!(ids(&[]), ["siteconfig/ztp-prefix"]);
    assert_eq!(ids(&["siteconfig/ztp-prefix".into()]), [""; 0]);
    let comment = "clusterName: ztp-pier # ztp: accept siteconfig/ztp-prefix because it is a lab";
    fs::write(&path, prefix.replace("clusterName: ztp-pier", comment))?;
    assert_eq!(ids(&[]), [""; 0]);
    fs::write(&path, format!("# ztp: accept siteconfig/ztp-prefix because it was a lab\n{SNO}"))?;
    assert_eq!(ids(&[]), ["accept/unused"]);
    fs::write(&path, format!("# ztp: accept siteconfig/ztp-prefix\n# ztp: accept site/prefix because x\n{SNO}"))?;
    assert_eq!(ids(&[]), ["accept/syntax", "accept/unknown-id"]);
    Ok(())
}
