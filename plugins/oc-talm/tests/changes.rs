//! The commands that change something, on recorded hubs: what they show, refuse and would write. `UPDATE_TRANSCRIPTS=1`
//! records anew. What they do to a live hub is tested in the package `ztp-tests`.

#[path = "hubs/objects.rs"]
#[allow(dead_code, reason = "each test takes what it needs")]
mod objects;

use std::io::Read;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use objects::{NAMESPACE, cgu, cluster, condition, ended, policy, references, running, with_label};
use serde_json::{Value, json};

/// 2026-01-01T12:00:00Z, when the hub was recorded.
const RECORDED: u64 = 1_767_268_800;
const NOW: &str = "2026-01-01T12:05:00Z";

const CREATE: &[&str] = &[
    "create new -n fleet -l tier=edge --missing --canary e1 --max-concurrency 2 --dry-run=client",
    "create new -n fleet -l tier=edge --waves 1-9 --max-concurrency 2 --precache --precache-space 40GB --after-label done= --dry-run=client -o yaml -q",
    "create new -n fleet -l tier=edge --policy base --canary e1,e1 --max-concurrency 0 --backup --dry-run=client",
    "create new -n fleet -l tier=edge --policy base --max-concurrency 0 --accept rollout/concurrency --dry-run=client",
    "create new -n fleet --clusters e1,e9 --policy bass --max-concurrency 1 --dry-run=client",
    "create -f slips.yaml --dry-run=client",
    "create -f good.yaml --dry-run=client -o name -q",
    "create new -n fleet -l tier=edge --policy base --max-concurrency 2 --precache --precache-package ptp --dry-run=client",
    "create new -n fleet --clusters e3 --missing --max-concurrency 1 --dry-run=client",
    "create new -n fleet -l tier=edge --policy base,catalog,subscribed --max-concurrency 2 --precache --enable --dry-run=client",
    "create ready -n fleet -l tier=edge --policy base --max-concurrency 1 --dry-run=client",
    "create new -n fleet -l tier=edge --missing --max-concurrency 1",
    "create new -n fleet --missing --max-concurrency 1",
    "create new -n fleet -l tier=edge --missing",
    "create new -n fleet -l tier=edge --policy base --max-concurrency 1 --precache-space 40GiB",
    "create ended -n fleet -l tier=edge --policy base --max-concurrency 1 --dry-run=client",
    "create running -n fleet -l tier=edge --policy base --max-concurrency 1 --dry-run=client",
    "create waiting -n fleet -l tier=edge --policy extra --max-concurrency 2 --dry-run=client",
];

const ENABLE: &[&str] = &[
    "enable waiting -n fleet --window 11:00-13:00",
    "enable waiting -n fleet --window 22:00-04:00+02:00",
    "enable waiting -n fleet --window 10-12",
    "enable waiting -n fleet --plan 00000000",
    "enable waiting -n fleet --dry-run=client -o yaml",
    "enable waiting -n fleet",
    "enable caching -n fleet",
    "enable blocked -n fleet",
    "enable ended -n fleet",
    "enable running -n fleet",
    "enable wating -n fleet",
];

const STOP: &[&str] = &[
    "disable waiting -n fleet",
    "disable ready -n fleet --dry-run=client -o yaml",
    "disable running -n fleet",
    "disable ended -n fleet",
    "abort running -n fleet --dry-run=client",
    "abort running -n fleet",
    "abort waiting -n fleet",
    "abort ready -n fleet",
    "abort ended -n fleet",
    "abort ended -n fleet --delete --dry-run=client",
    "abort running -n fleet --delete --dry-run=client",
    "abort dead -n fleet",
];

const RETRY: &[&str] = &[
    "retry ended -n fleet --dry-run=client",
    "retry ended -n fleet --timed-out --from-stop --name again --max-concurrency 1 --dry-run=client -o yaml -q",
    "retry ended -n fleet --drifted --dry-run=client -o name",
    "retry ended -n fleet --name waiting --dry-run=client",
    "retry running -n fleet --dry-run=client",
    "retry waiting -n fleet --dry-run=client",
    "retry dead -n fleet --dry-run=client",
    "clone ended -n fleet --dry-run=client -o yaml -q",
    "retry e1 --ztp --dry-run=client",
    "retry e2 --ztp --dry-run=client",
    "retry e3 --ztp --dry-run=client",
    "retry e9 --ztp --dry-run=client",
    "retry e1 --ztp --timed-out",
];

const JOBS: &[&str] = &[
    "precache start waiting -n fleet --dry-run=client",
    "precache start operators -n fleet --dry-run=client",
    "precache start operators -n fleet --config none --dry-run=client",
    "precache start caching -n fleet --dry-run=client",
    "precache start caching -n fleet --config other --dry-run=client",
    "precache start ready -n fleet --dry-run=client",
    "precache start ended -n fleet --dry-run=client",
    "precache status caching -n fleet",
    "precache status dead -n fleet",
    "precache status waiting -n fleet",
    "precache space e1 --required lots",
    "backup status saving -n fleet",
    "backup status waiting -n fleet",
    "backup recovery e1",
];

fn spec(clusters: &[&str], policies: &[&str], more: Value) -> Value {
    let mut spec = json!({"clusters": clusters, "managedPolicies": policies, "enable": false,
        "remediationStrategy": {"maxConcurrency": 2, "timeout": 240}});
    if let (Some(spec), Value::Object(more)) = (spec.as_object_mut(), more) {
        spec.extend(more);
    }
    spec
}

fn holding(mut policy: Vec<Value>, object: &Value) -> Vec<Value> {
    for policy in &mut policy {
        policy["spec"]["policy-templates"][0]["objectDefinition"]["spec"]["object-templates"][0]["objectDefinition"] =
            object.clone();
    }
    policy
}

fn hub() -> Vec<Value> {
    let all = ["e1", "e2", "e3", "e4"];
    let mut objects: Vec<Value> = all.iter().map(|name| cluster(name, "True")).collect();
    objects[1] = with_label(objects[1].clone(), "ztp-done", Some(""));
    let open = [("e1", "NonCompliant"), ("e2", "NonCompliant"), ("e3", "Compliant"), ("e4", "NonCompliant")];
    let profile = json!({"kind": "PerformanceProfile", "metadata": {"name": "p"}, "spec": {}});
    objects.extend(holding(policy("base", Some("1"), "inform", &open), &profile));
    objects.extend(policy("extra", Some("10"), "inform", &open));
    let subscription = json!({"kind": "Subscription", "metadata": {"name": "ptp"},
        "spec": {"name": "ptp-operator", "channel": "stable"}});
    objects.extend(holding(policy("subscribed", Some("5"), "inform", &[("e1", "NonCompliant")]), &subscription));
    let catalog =
        json!({"kind": "CatalogSource", "metadata": {"name": "c"}, "spec": {"image": "registry.example.com/index:1"}});
    objects.extend(holding(policy("catalog", Some("2"), "inform", &[("e1", "Compliant")]), &catalog));
    let selected =
        || condition("ClustersSelected", "True", "ClusterSelectionCompleted", "All selected clusters are valid");
    let validated = || condition("Validated", "True", "ValidationCompleted", "Completed validation");
    let not_enabled = || condition("Progressing", "False", "NotEnabled", "Not enabled");
    let waits = json!({"conditions": [selected(), validated(), not_enabled()], "remediationPlan": [["e1", "e2"], ["e4"]],
        "managedPoliciesForUpgrade": references(&["base"])});
    let mut waiting = cgu("waiting", spec(&all, &["base"], json!({})), waits.clone());
    waiting["metadata"]["annotations"] = json!({"argocd.argoproj.io/tracking-id": "ran:x/y:fleet/waiting"});
    objects.push(waiting);
    objects.push(cgu("operators", spec(&["e1"], &["catalog", "subscribed"], json!({})), waits));
    objects.push(cgu(
        "ready",
        spec(
            &all,
            &["base"],
            json!({"enable": true,
        "blockingCRs": [{"name": "running", "namespace": NAMESPACE}]}),
        ),
        json!({"conditions": [selected(), validated()]}),
    ));
    objects.push(cgu(
        "blocked",
        spec(&all, &["extra"], json!({"blockingCRs": [{"name": "ended", "namespace": NAMESPACE}]})),
        json!({"conditions": [selected(), validated(), not_enabled()]}),
    ));
    let caching = json!({"conditions": [selected(), validated(),
            condition("PrecacheSpecValid", "True", "PrecacheSpecIsWellFormed", "Precaching spec is valid and consistent"),
            condition("PrecachingSuceeded", "False", "InProgress", "Precaching in progress for 1 clusters")],
        "remediationPlan": [["e1", "e2"], ["e4"]],
        "precaching": {"spec": {"operatorsIndexes": ["registry.example.com/index:1"],
                "operatorsPackagesAndChannels": ["ptp-operator:stable"], "spaceRequired": "35"},
            "status": {"e1": "Succeeded", "e2": "Active", "e4": "PrecacheTimeout"}}});
    objects.push(cgu("caching", spec(&all, &["base"], json!({"preCaching": true})), caching.clone()));
    let mut dead = caching;
    dead["conditions"][3] = condition("PrecachingSuceeded", "False", "Failed", "Precaching failed for all clusters");
    dead["precaching"]["status"] =
        json!({"e1": "UnrecoverableError", "e2": "PrecacheTimeout", "e4": "PrecacheTimeout"});
    objects.push(cgu("dead", spec(&all, &["base"], json!({"preCaching": true, "enable": true})), dead));
    objects.push(cgu("saving", spec(&all, &["base"], json!({"backup": true, "enable": true})), json!({
        "conditions": [selected(), validated(), condition("BackupSuceeded", "False", "InProgress", "Backup in progress for 1 clusters")],
        "backup": {"status": {"e1": "Active", "e2": "Succeeded", "e4": "BackupTimeout"}, "startedAt": "2026-01-01T11:50:00Z"}})));
    objects.push(cgu("running", spec(&all, &["base"], json!({"enable": true})), json!({"conditions": running(),
        "remediationPlan": [["e1", "e2"], ["e4"]], "managedPoliciesForUpgrade": references(&["base"]),
        "status": {"startedAt": "2026-01-01T11:00:00Z", "currentBatch": 1, "currentBatchStartedAt": "2026-01-01T11:00:00Z",
            "currentBatchRemediationProgress": {"e1": {"state": "InProgress", "policyIndex": 0}, "e2": {"state": "Completed"}}}})));
    objects.push(cgu(
        "ended",
        spec(
            &all,
            &["extra", "base"],
            json!({"enable": true,
            "remediationStrategy": {"maxConcurrency": 1, "canaries": ["e3"], "timeout": 120}}),
        ),
        json!({"conditions": ended("False", "TimedOut", "Policy remediation took too long"),
            "remediationPlan": [["e1"], ["e2"], ["e4"]], "managedPoliciesForUpgrade": references(&["base"]),
            "clusters": [{"name": "e3", "state": "complete"}, {"name": "e1", "state": "complete"},
                {"name": "e2", "state": "timedout", "currentPolicy": {"name": "base", "status": "NonCompliant"}}]}),
    ));
    let mut first = cgu(
        "e1",
        spec(&["e1"], &["base"], json!({"enable": true})),
        json!({"conditions": ended("False", "TimedOut", "Policy remediation took too long")}),
    );
    first["metadata"]["namespace"] = json!("ztp-install");
    objects.push(first);
    objects
}

const SLIPS: &str = "apiVersion: ran.openshift.io/v1alpha1\nkind: ClusterGroupUpgrade\n\
    metadata: {name: slips, namespace: fleet}\nspec:\n  clusters: [e1]\n  managedPolicys: [base]\n\
    \u{20} remediationStrategy: {maxConcurency: 5, timeout: 240}\n";
const GOOD: &str = "apiVersion: ran.openshift.io/v1alpha1\nkind: ClusterGroupUpgrade\n\
    metadata: {name: good, namespace: fleet}\nspec:\n  clusters: [e1]\n  managedPolicies: [base]\n\
    \u{20} remediationStrategy: {maxConcurrency: 1}\n";

/// What a command prints on both streams, in the order in which a terminal shows it.
fn said(folder: &Path, command: &str) -> std::io::Result<String> {
    let mut arguments: Vec<&str> = command.split(' ').collect();
    let reads_the_hub = !["precache space", "backup recovery"].iter().any(|live| command.starts_with(live));
    if reads_the_hub {
        arguments.extend(["--from", "hub.json", "--now", NOW]);
    }
    let (mut reader, writer) = std::io::pipe()?;
    let mut child = Command::new(env!("CARGO_BIN_EXE_oc-talm"));
    child.args(arguments).current_dir(folder).env("NO_COLOR", "1").env("LC_ALL", "C.UTF-8");
    if reads_the_hub {
        child.env("ZTP_COLUMNS", "100");
    }
    child.stdin(std::process::Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
    let mut running = child.spawn()?;
    drop(child);
    let mut text = String::new();
    reader.read_to_string(&mut text)?;
    let code = running.wait()?.code().unwrap_or(-1);
    Ok(format!("$ oc talm {command}\n{text}exit code {code}\n\n"))
}

fn compare(name: &str, commands: &[&str]) -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    let hub = json!({"apiVersion": "v1", "kind": "List", "items": hub()});
    std::fs::write(folder.path().join("hub.json"), hub.to_string())?;
    let recorded = SystemTime::UNIX_EPOCH + Duration::from_secs(RECORDED);
    std::fs::File::options().append(true).open(folder.path().join("hub.json"))?.set_modified(recorded)?;
    std::fs::write(folder.path().join("slips.yaml"), SLIPS)?;
    std::fs::write(folder.path().join("good.yaml"), GOOD)?;
    let mut text = String::new();
    for command in commands {
        text += &said(folder.path(), command)?;
    }
    let pasted = ["$ ", "next:", "fix:", "= fix:", "undo:", "error: invalid value"];
    let is_pasted = |line: &&str| pasted.iter().any(|word| line.trim_start().starts_with(word));
    let too_wide = text.lines().filter(|line| !is_pasted(line)).find(|line| line.chars().count() > 100);
    assert_eq!(too_wide, None, "more than 100 columns");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts/changes").join(name);
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
        return std::fs::write(file, text);
    }
    assert_eq!(text, std::fs::read_to_string(&file)?, "{name} differs: UPDATE_TRANSCRIPTS=1 records it anew");
    Ok(())
}

#[test]
fn a_preview_that_nobody_reads_is_no_success() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    let hub = json!({"apiVersion": "v1", "kind": "List", "items": hub()});
    std::fs::write(folder.path().join("hub.json"), hub.to_string())?;
    let (reader, writer) = std::io::pipe()?;
    drop(reader);
    let mut command = Command::new(env!("CARGO_BIN_EXE_oc-talm"));
    command.args(["enable", "waiting", "-n", "fleet", "--from", "hub.json", "--now", NOW, "--accept"]);
    command.args(["rollout/blocker-failed", "--dry-run=client"]).current_dir(folder.path()).stdout(writer);
    let said = command.output()?;
    let text = String::from_utf8_lossy(&said.stderr);
    assert!(text.contains("nothing was changed: the preview could not be written"), "{text}");
    assert_eq!(said.status.code(), Some(2));
    Ok(())
}

#[test]
fn create_shows_the_plan_and_refuses_harm() -> std::io::Result<()> {
    compare("create.txt", CREATE)
}

#[test]
fn enable_is_guarded() -> std::io::Result<()> {
    compare("enable.txt", ENABLE)
}

#[test]
fn disable_and_abort_say_what_talm_honours() -> std::io::Result<()> {
    compare("stop.txt", STOP)
}

#[test]
fn retry_and_clone_make_new_cgus() -> std::io::Result<()> {
    compare("retry.txt", RETRY)
}

#[test]
fn precaching_and_backup_are_told() -> std::io::Result<()> {
    compare("jobs.txt", JOBS)
}
