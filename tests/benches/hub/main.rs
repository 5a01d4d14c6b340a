//! What `oc talm` takes to look at a large live hub, compared with `kubectl get` of the objects it needs.
//!
//! `cargo bench -p ztp-tests --bench hub` fills a control plane of its own with 3500 managed clusters, 20 root policies,
//! their 70 000 copies and a rollout that runs, which takes some minutes. `-- --clusters 500` makes a smaller hub,
//! `-- --runs 5` measures more often (the median counts), `-- --program PATH` measures another build.

#![cfg(unix)]

mod hub;
#[path = "../../../plugins/oc-ztp/benches/generate/measure.rs"]
mod measure;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use measure::Usage;
use ztp_tests::control_plane::{Binaries, ControlPlane};

const POLICIES: usize = 20;

/// All that `oc talm` reads, and nothing else. One selector holds for a whole `kubectl get`, hence four of them.
const NEEDED: &str = "kubectl get managedclusters,placements.cluster.open-cluster-management.io,\
placementdecisions.cluster.open-cluster-management.io,placementbindings.policy.open-cluster-management.io,\
placementrules.apps.open-cluster-management.io,managedclustersetbindings.cluster.open-cluster-management.io,\
manifestworkreplicasets.work.open-cluster-management.io,clustergroupupgrades.ran.openshift.io,\
precachingconfigs.ran.openshift.io -A -o json
kubectl get policies.policy.open-cluster-management.io -A -l '!policy.open-cluster-management.io/root-policy' -o json
kubectl get manifestworks.work.open-cluster-management.io -A -l openshift-cluster-group-upgrades/clusterGroupUpgrade -o json
kubectl get configmaps -A --field-selector metadata.name=cluster-group-upgrade-overrides -o json";

/// What people type.
const TYPED: &str = "kubectl get managedclusters,policies.policy.open-cluster-management.io,\
clustergroupupgrades.ran.openshift.io -A -o json";

struct Options {
    clusters: usize,
    runs: usize,
    program: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--measure", command @ ..] => measure::report(command),
        args => run(&options(args)?),
    }
}

fn options(args: &[&str]) -> Result<Options, Box<dyn Error>> {
    let mut options = Options { clusters: 3500, runs: 3, program: None };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match *arg {
            "--clusters" => options.clusters = args.next().ok_or("--clusters needs a number")?.parse()?,
            "--runs" => options.runs = args.next().ok_or("--runs needs a number")?.parse()?,
            "--program" => options.program = Some(args.next().ok_or("--program needs a path")?.into()),
            // cargo hands over --bench.
            _ => {}
        }
    }
    Ok(options)
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let program = options.program.clone().unwrap_or_else(|| ztp_tests::built("oc-talm"));
    let plane = ControlPlane::start(&Binaries::find()?)?;
    let began = Instant::now();
    hub::load(&plane, options.clusters, POLICIES);
    println!(
        "{} managed clusters, {POLICIES} root policies and their {} copies, loaded in {:.0}s\n",
        options.clusters,
        options.clusters * POLICIES,
        began.elapsed().as_secs_f64()
    );
    let talm = program.display();
    let plan = format!("{talm} plan next -n fleet -l tier=edge --policy policy-00 --max-concurrency 100");
    let ours = [
        ("oc talm status", format!("{talm} status")),
        ("oc talm status rollout -n fleet", format!("{talm} status rollout -n fleet")),
        ("oc talm plan next …", plan),
    ];
    no_copies_are_read(&plane, &ours)?;
    println!("{:<34} {:>7} {:>7} {:>8}   WALL, CPU, PEAK BY KUBECTL'S", "COMMAND", "WALL s", "CPU s", "PEAK MB");
    let needed = measured("kubectl get, what is needed", NEEDED, &plane, options.runs, None)?;
    measured("kubectl get, copies and all", TYPED, &plane, 1, None)?;
    for (name, command) in &ours {
        measured(name, command, &plane, options.runs, Some(needed))?;
    }
    println!("\nwhat is needed:\n{NEEDED}\n\ncopies and all:\n{TYPED}");
    Ok(())
}

fn measured(
    name: &str,
    script: &str,
    plane: &ControlPlane,
    runs: usize,
    by: Option<Usage>,
) -> Result<Usage, Box<dyn Error>> {
    let runs: Result<Vec<Usage>, Box<dyn Error>> = (0..runs)
        .map(|_| {
            let mut command = measure::command("sh")?;
            // One says that something needs attention.
            command.arg("-c").arg(format!("{script}\n[ $? -le 1 ]")).stdout(Stdio::null());
            measure::usage(live(command, plane.kubeconfig()))
        })
        .collect();
    let usage = measure::median(runs?);
    let ratio = by.map_or_else(String::new, |by| {
        let peak = usage.peak_bytes as f64 / by.peak_bytes as f64;
        format!("{:.2}, {:.2}, {peak:.2}", usage.wall / by.wall, usage.cpu / by.cpu)
    });
    let megabytes = usage.peak_bytes as f64 / 1e6;
    println!("{name:<34} {:>7.2} {:>7.2} {megabytes:>8.1}   {ratio}", usage.wall, usage.cpu);
    Ok(usage)
}

fn live(mut command: Command, kubeconfig: &Path) -> Command {
    command.env("KUBECONFIG", kubeconfig);
    command
}

/// The root policies' status says what their copies are.
fn no_copies_are_read(plane: &ControlPlane, ours: &[(&str, String)]) -> Result<(), Box<dyn Error>> {
    for (name, script) in ours {
        let proxy = plane.fault_proxy();
        let mut command = Command::new("sh");
        command.arg("-c").arg(script).stdout(Stdio::null());
        let status = live(command, &proxy.kubeconfig()).status()?;
        let requests = proxy.requests();
        let policies: Vec<&String> = requests.iter().filter(|request| request.contains("/policies?")).collect();
        let roots_only = policies.iter().all(|request| request.contains("labelSelector=%21policy"));
        if status.code().is_none_or(|code| code > 1) || policies.is_empty() || !roots_only {
            return Err(format!("{name} ({status}) asked for {requests:?}").into());
        }
        println!("{name}: {} requests, none for copies of policies", requests.len());
    }
    println!();
    Ok(())
}
