use super::*;
use crate::yaml::Place;

fn findings() -> Vec<Finding> {
    let place = Place { file: "a b/c,d.yaml".into(), line: 3, column: 5, width: 4, excerpt: "    name: x".into() };
    vec![
        Finding::error("policy/placeholder", "\"<x>\" & 100% left").at(place).note("two\nlines").fix("set it"),
        Finding::warning("input/no-source-crs", "nothing"),
    ]
}

fn text(format: FindingFormat) -> String {
    let findings = findings();
    let files = ["a b/c,d.yaml", "e.yaml"];
    let accepted = [
        (Finding::warning("policy/placeholder", "known"), Acceptance::Comment("the site fills it in".into())),
        (Finding::warning("policy/enforce", "known too"), Acceptance::Everywhere),
    ];
    let report = FindingReport {
        program: ("oc-ztp", "1.0"),
        findings: &findings,
        accepted: &accepted,
        files: &files,
        failing: Level::Error,
    };
    report.text(format, Paint::plain())
}

#[test]
fn json_is_one_object() {
    let value: serde_json::Value = serde_json::from_str(&text(FindingFormat::Json)).unwrap();
    assert_eq!((value["kind"].as_str(), value["errors"].as_u64()), (Some("FindingList"), Some(1)));
    assert_eq!(value["findings"][0]["place"]["line"], 3);
    assert_eq!(value["findings"][1].get("place"), None);
}

#[test]
fn sarif_names_rule_and_region() {
    let value: serde_json::Value = serde_json::from_str(&text(FindingFormat::Sarif)).unwrap();
    let run = &value["runs"][0];
    let result = &run["results"][0];
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(value["version"], "2.1.0");
    assert_eq!(location["artifactLocation"]["uri"], "a%20b/c%2Cd.yaml");
    assert_eq!(
        (location["region"]["startColumn"].as_u64(), location["region"]["endColumn"].as_u64()),
        (Some(5), Some(9))
    );
    let index = result["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "policy/placeholder");
    assert_eq!(run["results"][1].get("locations"), None);
}

#[test]
fn sarif_keeps_what_was_accepted_as_suppressed() {
    let value: serde_json::Value = serde_json::from_str(&text(FindingFormat::Sarif)).unwrap();
    let results = value["runs"][0]["results"].as_array().unwrap();
    let suppressions: Vec<_> = results.iter().map(|result| &result["suppressions"][0]).collect();
    assert!(suppressions[0].is_null() && suppressions[1].is_null());
    assert_eq!(*suppressions[2], serde_json::json!({"kind": "inSource", "justification": "the site fills it in"}));
    assert_eq!(suppressions[3]["kind"], "external");
    assert_eq!(results[3]["ruleId"], "policy/enforce");
}

#[test]
fn junit_fails_what_fails_the_run() {
    let text = text(FindingFormat::Junit);
    assert!(text.contains("<testsuites tests=\"3\" failures=\"1\">"), "{text}");
    assert!(text.contains("message=\"&quot;&lt;x&gt;&quot; &amp; 100% left\""), "{text}");
    assert!(text.contains("<testcase classname=\"e.yaml\" name=\"e.yaml\"/>"), "{text}");
    assert_eq!(text.matches("<failure").count(), 1);
}

#[test]
fn github_commands_stay_on_one_line() {
    let text = text(FindingFormat::Github);
    let expected = "::error file=a b/c%2Cd.yaml,line=3,col=5,endColumn=8,title=policy/placeholder::\"<x>\" & 100%25 left%0Atwo%0Alines%0Afix: set it\n::warning title=input/no-source-crs::nothing\n";
    assert_eq!(text, expected);
}
