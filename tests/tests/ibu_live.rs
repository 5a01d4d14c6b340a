//! `oc ibu` against a real API server: a thread plays the Lifecycle Agent, a proxy plays the reboot.
#![cfg(unix)]

#[path = "ibu/agent.rs"]
#[expect(clippy::unwrap_used, clippy::panic, reason = "only tests call this")]
mod agent;

use std::time::Duration;

use agent::{Agent, HUB_NAME, NEW, OLD};
use serde_json::json;
use ztp_tests::control_plane;
use ztp_tests::control_plane::Fault;

/// The server with a cluster on it, or an early return where there is none.
macro_rules! agent {
    () => {
        match control_plane() {
            Some(plane) => Agent::new(plane),
            None => return,
        }
    };
}

const SEED: &str = "registry.example.com/seed/du:4.20.3";

#[test]
fn an_upgrade_through_its_reboot_from_the_hub() {
    let agent = agent!();
    agent.prepared();
    let proxy = agent.plane.fault_proxy();
    agent.hub(&proxy.kubeconfig());
    let run = agent.start(&["upgrade", HUB_NAME, "--yes", "--wait", "--timeout", "3m"], agent.plane.kubeconfig());
    agent.asked_for("Upgrade");
    assert_eq!(agent.import_annotation(), Some(json!("true")), "the hub must not import it meanwhile");
    agent.upgrading("Backing up Application Data", "Idle", json!([agent::begun("PrePivot")]));
    run.sees("PrePivot: Backing up Application Data");
    agent.upgrading("In progress", "Idle", json!([agent::over("PrePivot")]));
    run.sees("Reboot: the node reboots into the new release");
    proxy.away();
    run.sees("Reboot: the API is away");
    // What comes up is another database, in which the agent has yet to put the object.
    agent.forget();
    agent.release(NEW);
    proxy.back();
    run.sees("has yet to bring the ImageBasedUpgrade back");
    let after = json!([agent::over("PrePivot"), agent::begun("PostPivot")]);
    let unhealthy =
        "Waiting for system to stabilize: one or more health checks failed: dns not ready\n  - node not ready";
    agent.upgrading(unhealthy, "Rollback", after.clone());
    run.sees("PostPivot: the agent waits for 2 health checks; dns not ready; node not ready");
    agent.upgrading("Restoring Application Data", "Rollback", after);
    run.sees("PostPivot: Restoring Application Data");
    agent.upgraded();
    let ended = run.end();
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.out.contains("sno2 is upgraded to 4.20.3; rollback stays possible for "), "{}", ended.out);
    assert!(ended.out.contains("next: oc ibu finalize sno2"), "{}", ended.out);
    assert_eq!(agent.import_annotation(), None, "the hub may import it again");

    let before = agent.object();
    let again = agent.run(&["upgrade", HUB_NAME, "--yes", "--wait"]);
    assert_eq!((again.code, agent.object() == before), (0, true), "{again:?}");
    assert!(again.out.starts_with("sno2 is upgraded to 4.20.3 already; nothing to do\n"), "{}", again.out);
}

#[test]
fn an_automatic_rollback_is_a_no_with_its_reason() {
    let agent = agent!();
    agent.prepared();
    let proxy = agent.plane.fault_proxy();
    let run = agent.start(&["upgrade", "--yes", "--wait", "--timeout", "3m"], &proxy.kubeconfig());
    agent.asked_for("Upgrade");
    agent.release(NEW);
    agent.upgrading(
        "Restoring Application Data",
        "Rollback",
        json!([agent::over("PrePivot"), agent::begun("PostPivot")]),
    );
    run.sees("PostPivot: Restoring Application Data");
    proxy.away();
    agent.release(OLD);
    let why = "Rollback due to LCA Init Monitor timeout, after 30m0s";
    agent.status(
        "Upgrade",
        &["Idle"],
        &[
            agent::condition("UpgradeCompleted", "False", "Failed", "Upgrade failed"),
            agent::condition("UpgradeInProgress", "False", "Failed", why),
        ],
        json!([]),
    );
    proxy.back();
    let ended = run.end();
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.out.contains(&format!("sno2 is back on 4.18.9: {why}\nnext: oc ibu diagnose")), "{}", ended.out);

    // Idle is an abort now, whatever spec.stage says.
    let refused = agent.run(&["finalize", "--yes"]);
    agent.transcript("refused-finalize.txt", &[("finalize --yes", &refused)]);
    let refused = agent.run(&["rollback", "--yes"]);
    agent.transcript("refused-rollback.txt", &[("rollback --yes", &refused)]);
}

#[test]
fn prep_checks_everything_first_and_then_follows_the_jobs() {
    let agent = agent!();
    agent.idle();
    let before = agent.object();
    agent.plane.load(&[json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": "extra", "namespace": "openshift-lifecycle-agent"},
        "data": {
            "a.yaml": "apiVersion: ptp.openshift.io/v1\nkind: PtpConfig\nmetadata: {name: a}\n",
            "b.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, namespace: default}\n",
        },
    })]);
    let extra = ["prep", "--seed", SEED, "--extra-manifests", "openshift-lifecycle-agent/extra", "--dry-run=server"];
    let extra = agent.run(&extra);
    assert!(extra.err.contains("the cluster has no kind PtpConfig of ptp.openshift.io/v1"), "{extra:?}");
    assert!(extra.code == 0 && extra.err.contains("0 errors, 1 warning"), "{extra:?}");
    let arguments = [
        "prep",
        "--seed",
        "registry.example.com/seed/du:4.18.9",
        "--oadp",
        "openshift-adp/oadp-cm",
        "--pull-secret",
        "seed-pull",
    ];
    let refused = agent.run(&arguments);
    assert_eq!((refused.code, agent.object() == before), (1, true), "{refused:?}");
    let arguments = ["prep", "--seed", SEED, "--init-monitor-timeout", "3600", "--init-monitor", "off"];
    let shown = agent.run(&[&arguments[..], &["--dry-run=client"]].concat());
    let declined = agent.run_answering("n\n", &arguments);
    let unasked = agent.run(&arguments);
    agent.transcript("prep.txt", &[
        ("prep --seed registry.example.com/seed/du:4.18.9 --oadp openshift-adp/oadp-cm --pull-secret seed-pull", &refused),
        ("prep --seed registry.example.com/seed/du:4.20.3 --init-monitor-timeout 3600 --init-monitor off --dry-run=client", &shown),
        ("prep --seed registry.example.com/seed/du:4.20.3 --init-monitor-timeout 3600 --init-monitor off   (answering n)", &declined),
        ("prep --seed registry.example.com/seed/du:4.20.3 --init-monitor-timeout 3600 --init-monitor off   (without a terminal)", &unasked),
    ]);
    assert_eq!(agent.object(), before, "neither a question nor a dry run changes anything");
    let checked = agent.run(&[&arguments[..], &["--dry-run=server"]].concat());
    assert_eq!((checked.code, agent.object() == before), (0, true), "{checked:?}");

    let run =
        agent.start(&[&arguments[..], &["--yes", "--wait", "--timeout", "3m"]].concat(), agent.plane.kubeconfig());
    agent.asked_for("Prep");
    let spec = agent.object()["spec"].clone();
    assert_eq!(spec["seedImageRef"], json!({"image": SEED, "version": "4.20.3"}));
    assert_eq!(spec["autoRollbackOnFailure"], json!({"initMonitorTimeoutSeconds": 3600}));
    agent.preparing(
        "Stateroot setup job in progress. job-name: a, job-namespace: b",
        json!([agent::begun("Stateroot")]),
    );
    run.sees("Stateroot: unpacks the seed image");
    let phases = json!([agent::over("Stateroot"), agent::begun("Precache")]);
    agent.preparing(
        "Precache job in progress. job-name: a, job-namespace: b. total: 136 (pulled: 97, failed: 0)",
        phases,
    );
    run.sees("Precache: 97 of 136 images, 0 failed");
    agent.status(
        "Prep",
        &["Idle", "Upgrade"],
        &[agent::condition("PrepCompleted", "True", "Completed", "Prep completed")],
        json!([]),
    );
    let ended = run.end();
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.out.contains("sno2 is prepared for 4.20.3\nnext: oc ibu upgrade"), "{}", ended.out);

    let other = agent.run(&["prep", "--seed", "registry.example.com/seed/du:4.20.4", "--yes"]);
    agent.transcript("refused-prep.txt", &[("prep --seed registry.example.com/seed/du:4.20.4 --yes", &other)]);
}

#[test]
fn the_question_before_a_reboot_says_what_it_means() {
    let agent = agent!();
    agent.prepared();
    let before = agent.object();
    let declined = agent.run_answering("\n", &["upgrade"]);
    let unasked = agent.run(&["upgrade"]);
    assert_eq!((declined.code, unasked.code), (4, 4), "{declined:?} {unasked:?}");
    assert_eq!(agent.object(), before);
    agent.upgraded();
    let finalize = agent.run_answering("no\n", &["finalize"]);
    let rollback = agent.run_answering("no\n", &["rollback"]);
    let abort = agent.run(&["abort"]);
    agent.transcript(
        "questions.txt",
        &[
            ("upgrade   (answering nothing)", &declined),
            ("finalize   (answering no)", &finalize),
            ("rollback   (answering no)", &rollback),
            ("abort", &abort),
        ],
    );
}

#[test]
fn a_failed_finalize_is_tried_again() {
    let agent = agent!();
    agent.upgraded();
    let run = agent.start(&["finalize", "--yes", "--wait", "--timeout", "3m"], agent.plane.kubeconfig());
    agent.asked_for("Idle");
    agent.status("Idle", &[], &[agent::condition("Idle", "False", "Finalizing", "Finalizing")], json!([]));
    run.sees("Finalize: Finalizing");
    let why = "failed to remove 1 stateroots Perform cleanup manually then add 'lca.openshift.io/manual-cleanup-done' annotation to ibu CR to transition back to Idle";
    let failed = || agent.status("Idle", &[], &[agent::condition("Idle", "False", "FinalizeFailed", why)], json!([]));
    failed();
    let ended = run.end();
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.out.contains("the clean-up of sno2 has failed: failed to remove 1 stateroots"), "{}", ended.out);

    let refused = agent.run(&["idle", "--yes"]);
    assert!(refused.code == 1 && refused.err.contains("retry the clean-up"), "{refused:?}");
    let run = agent.start(&["retry-cleanup", "--yes", "--wait", "--timeout", "3m"], agent.plane.kubeconfig());
    agent.annotated("lca.openshift.io/manual-cleanup-done");
    agent.remove_annotation("lca.openshift.io/manual-cleanup-done");
    std::thread::sleep(Duration::from_secs(1));
    agent.idle_status();
    let ended = run.end();
    assert_eq!(ended.code, 0, "the failure of the first attempt is not that of the second: {ended:?}");
    assert!(ended.out.contains("sno2 is Idle\n"), "{}", ended.out);
}

#[test]
fn time_runs_out_with_the_last_real_reason() {
    let agent = agent!();
    agent.idle();
    agent.ask("Prep");
    agent.preparing(
        "Waiting for system to stabilize before Prep stage can continue: one or more health checks failed: backupStorageLocation x not available",
        json!([]),
    );
    let ended = agent.run(&["prep", "--wait", "--timeout", "2s", "--yes"]);
    assert_eq!(ended.code, 3, "{ended:?}");
    assert!(
        ended.out.contains("is not over after 2s; last: the agent waits for: backupStorageLocation x"),
        "{}",
        ended.out
    );
    assert!(ended.out.contains("next: oc ibu status --watch"), "{}", ended.out);
    let run = agent.start(&["status", "--watch"], agent.plane.kubeconfig());
    run.sees("Prep: the agent waits for: backupStorageLocation x not available");
    agent.status(
        "Prep",
        &["Idle"],
        &[
            agent::condition("PrepCompleted", "False", "Failed", "Prep failed"),
            agent::condition("PrepInProgress", "False", "Failed", "precache job failed to complete. x"),
        ],
        json!([]),
    );
    let ended = run.end();
    assert!(ended.code == 1 && ended.out.contains("next: oc ibu abort"), "{ended:?}");
}

#[test]
fn a_lost_answer_and_a_change_in_between_do_no_harm() {
    let agent = agent!();
    agent.prepared();
    let proxy = agent.plane.fault_proxy();
    proxy.plan("PATCH", "imagebasedupgrades", Fault::LoseAnswer, 1);
    let ended = agent.run_at(&proxy.kubeconfig(), &["abort", "--yes"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(agent.object()["spec"]["stage"], "Idle");

    agent.prepared();
    proxy.plan("PATCH", "imagebasedupgrades", Fault::Hold(Duration::from_secs(2)), 1);
    let run = agent.start(&["abort", "--yes"], &proxy.kubeconfig());
    while !proxy.requests().iter().rev().take_while(|r| !r.contains("ended")).any(|r| r.starts_with("PATCH ")) {
        std::thread::sleep(Duration::from_millis(20));
    }
    agent.annotate("example.com/touched", "yes");
    let ended = run.end();
    assert_eq!((ended.code, agent.object()["spec"]["stage"].clone()), (0, json!("Idle")), "{ended:?}");
}

#[test]
fn what_was_confirmed_is_not_sent_for_another_seed() {
    let agent = agent!();
    agent.idle();
    let proxy = agent.plane.fault_proxy();
    proxy.plan("PATCH", "imagebasedupgrades", Fault::Hold(Duration::from_secs(2)), 1);
    agent.hub(&proxy.kubeconfig());
    agent.prepared();
    let run = agent.start(&["upgrade", HUB_NAME, "--yes"], agent.plane.kubeconfig());
    while !proxy.requests().iter().any(|r| r.starts_with("PATCH ")) {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(agent.import_annotation().is_some(), "the hub is kept from importing it");
    // Somebody aborts, and prepares another seed.
    agent.idle();
    agent.prepared_for("registry.example.com/seed/other:4.20.4", "4.20.4");
    let ended = run.end();
    assert_eq!((ended.code, agent.object()["spec"]["stage"].clone()), (1, json!("Prep")), "{ended:?}");
    assert!(ended.err.contains("changed its settings meanwhile"), "{ended:?}");
    assert_eq!(agent.import_annotation(), None, "what was set for it is taken away");
}

#[test]
fn a_second_seed_image_is_not_begun() {
    let agent = agent!();
    agent.plane.namespace("openshift-lifecycle-agent");
    let folder = tempfile::tempdir().unwrap();
    let auth = folder.path().join("auth.json");
    std::fs::write(&auth, r#"{"auths": {"registry.example.com": {"auth": "dG9wOnNlY3JldA=="}}}"#).unwrap();
    let auth = auth.display().to_string();
    let arguments = ["seed", "generate", "registry.example.com/seed/du:4.18.9", "--authfile", &auth, "--yes"];
    agent.plane.delete("lca.openshift.io/v1", "SeedGenerator", "", "seedimage");
    agent.idle();
    let other = "registry.example.com/seed/other:4.18.9";
    agent.seed(other);
    agent.seed_status("SeedGenInProgress", "True", "Launching imager container");
    let refused = agent.run(&arguments);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains(&format!("sno2 is being made into {other} just now")), "{refused:?}");
    agent.plane.delete("lca.openshift.io/v1", "SeedGenerator", "", "seedimage");
    let none = agent.run(&["seed", "status", "--wait"]);
    assert_eq!(none.code, 1, "{none:?}");
    assert!(none.out.contains("no seed image was asked for\nnext: oc ibu seed check"), "{none:?}");
}

#[test]
fn a_cluster_that_is_away_is_watched_and_counted() {
    let agent = agent!();
    agent.prepared();
    let proxy = agent.plane.fault_proxy();
    proxy.away();
    let ended = agent.run_at(&proxy.kubeconfig(), &["status", "--watch", "--timeout", "3s"]);
    assert_eq!(ended.code, 3, "{ended:?}");
    agent.hub(agent.plane.kubeconfig());
    let ended = agent.run(&["status", HUB_NAME, "sno9"]);
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(
        ended.out.contains("2 clusters: 0 failed, 0 working, 1 waiting for a decision, 1 without an answer"),
        "{ended:?}"
    );
}

#[test]
fn clusters_are_selected_by_the_labels_that_the_hub_has() {
    let agent = agent!();
    agent.prepared();
    agent.hub(agent.plane.kubeconfig());
    let labelled = agent.run(&["status", "-l", "site=north"]);
    assert!(labelled.code == 0 && labelled.out.contains("sno2   OCP 4.18.9"), "{labelled:?}");
    let nobody = agent.run(&["diagnose", "-l", "site=nowhere"]);
    assert_eq!((nobody.code, nobody.err.as_str()), (0, "no managed cluster matches the selection\n"), "{nobody:?}");
    let list = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(list.path(), "sno2\nsno9  # gone\n").unwrap();
    let listed = agent.run(&["status", "--clusters-from", &list.path().display().to_string(), "-l", "site"]);
    assert!(listed.code == 2 && listed.out.contains("2 clusters: ") && listed.err.contains("sno9: "), "{listed:?}");
    let diagnosed = agent.run(&["diagnose", HUB_NAME, "sno9"]);
    assert_eq!(diagnosed.code, 2, "nobody knows what is wrong with sno9: {diagnosed:?}");
    assert!(diagnosed.out.contains("1 in order, 1 without an answer"), "{diagnosed:?}");
}

#[test]
fn what_may_not_be_done_is_said_in_a_sentence() {
    let agent = agent!();
    agent.prepared();
    let reader = agent.plane.kubeconfig_for("reader");
    let ended = agent.run_at(&reader, &["upgrade", "--yes"]);
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.err.contains("forbidden\n  user \"reader\" at 127.0.0.1"), "{}", ended.err);
    assert!(ended.err.contains("may not patch imagebasedupgrades.lca.openshift.io"), "{}", ended.err);
    agent.hub(&agent.plane.kubeconfig_for("admin"));
    let unknown = agent.run(&["upgrade", "sno", "--yes"]);
    assert!(unknown.code == 2 && unknown.err.contains("did you mean sno2?"), "{unknown:?}");
}

#[test]
fn a_seed_image_is_made_through_the_outage() {
    let agent = agent!();
    agent.idle();
    agent.plane.delete("lca.openshift.io/v1", "SeedGenerator", "", "seedimage");
    agent.plane.namespace("openshift-lifecycle-agent");
    let folder = tempfile::tempdir().unwrap();
    let auth = folder.path().join("auth.json");
    std::fs::write(&auth, r#"{"auths": {"registry.example.com": {"auth": "dG9wOnNlY3JldA=="}}}"#).unwrap();
    let auth = auth.display().to_string();
    let image = "registry.example.com/seed/du:4.18.9";
    let arguments = ["seed", "generate", image, "--authfile", &auth];
    let asked = agent.run_answering("\n", &arguments);
    agent.transcript(
        "seed-generate.txt",
        &[("seed generate registry.example.com/seed/du:4.18.9 --authfile auth.json   (answering nothing)", &asked)],
    );
    let proxy = agent.plane.fault_proxy();
    let run = agent.start(&[&arguments[..], &["--yes", "--wait", "--timeout", "3m"]].concat(), &proxy.kubeconfig());
    agent.seed_asked_for(image);
    agent.seed_status("SeedGenInProgress", "True", "Launching imager container");
    run.sees("Generate: Launching imager container");
    proxy.away();
    run.sees("Image: the API is away");
    agent.plane.delete("lca.openshift.io/v1", "SeedGenerator", "", "seedimage");
    proxy.back();
    run.sees("is taken away while the image is made");
    agent.seed(image);
    agent.seed_status("SeedGenCompleted", "True", "Seed Generation completed");
    let ended = run.end();
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.out.contains("the seed image of sno2 is pushed"), "{}", ended.out);
    let everything = format!("{ended:?}{asked:?}");
    assert!(!everything.contains("dG9wOnNlY3JldA") && !everything.contains("secret\""), "{everything}");
    let again = agent.run(&arguments);
    assert!(again.code == 0 && again.out.contains("has been made of sno2 already"), "{again:?}");
    let status = agent.run(&["seed", "status"]);
    assert!(status.out.contains("the image is pushed"), "{status:?}");
}
