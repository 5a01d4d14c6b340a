//! `oc ibu seed generate`: make a seed image of the cluster of the context.

use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use ztp_common::api::{ApiError, Moment, Write};
use ztp_common::cli::{self, Confirm, ConnectionFlags, DryRun, Failure, Outcome, Symbol, Terminal, WriteFlags, print};
use ztp_common::finding::{Finding, Level};
use ztp_common::inventory::{Inventory, Query, Recorded};
use ztp_common::upgrade::condition::Conditions;
use ztp_common::upgrade::kinds;
use ztp_common::upgrade::object::{self as ibu, LCA_NAMESPACE};
use ztp_common::upgrade::print::value;
use ztp_common::upgrade::seed::{
    self, GeneratorState, SeenSeed, WaitForSeed, generator_state, image_advice, preflight,
};
use ztp_common::upgrade::wait::Verdict;
use ztp_common::yaml::emit;

use crate::elapsed::elapsed;
use crate::follow::{SLICE, View, one_line, reason};
use crate::seed_facts::{KINDS, gather};
use crate::source::Cluster;
use crate::target::Target;
use crate::verdict::Tally;
use crate::wait_args::WaitArgs;

const EXAMPLES: &str = "\
Examples:
  oc ibu seed generate registry.example.com/seed/du:4.20.3 --authfile auth.json --wait
  oc ibu seed generate registry.example.com/seed/du:4.20.3 --authfile auth.json --dry-run=client
  oc ibu seed status --wait";

/// How long to wait unless somebody says.
const PATIENCE: Duration = Duration::from_secs(3 * 3600);
/// A registry auth file is small.
const MAX_AUTH: u64 = 1 << 20;

/// Make a seed image of the cluster of the current context
///
/// Checks everything that would make the agent refuse, says what happens to the cluster, and asks. The cluster must be
/// detached from its hub. Its API goes away while the image is made, and comes back by itself.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct GenerateArgs {
    /// What to call the image: registry/path:RELEASE
    #[arg(value_name = "IMAGE")]
    image: String,
    /// Registry auth file that may push the image; - for standard input. It is sent to the cluster and shown nowhere
    #[arg(long, value_name = "FILE")]
    authfile: PathBuf,
    /// Image of recert, if not the agent's own
    #[arg(long, value_name = "IMAGE", hide_short_help = true)]
    recert_image: Option<String>,
    #[command(flatten)]
    wait: WaitArgs,
    #[command(flatten)]
    write: WriteFlags,
    #[command(flatten)]
    connection: ConnectionFlags,
}

/// Does `seed generate`.
///
/// # Errors
/// The auth file cannot be read, the cluster cannot be reached, or the API refuses the objects.
pub fn run(args: &GenerateArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let auth = read(&args.authfile)?;
    let Some(secret) = seed::secret(&auth) else {
        return Err(Failure::new(format!("{} is not a registry auth file", args.authfile.display()))
            .because("it must be JSON with \"auths\"")
            .fix("podman login --authfile FILE REGISTRY writes one"));
    };
    let generator = seed::generator(&args.image, args.recert_image.as_deref());
    let target = Target::find(&args.connection.connection(terminal)?, None)?;
    let cluster = Cluster::live(&target, KINDS)?;
    let existing = cluster.first(kinds::SEED_GENERATOR);
    let state = existing.as_ref().map(state_of);
    match state {
        Some(GeneratorState::Completed) => return completed(existing.as_ref(), args, &target, terminal),
        Some(GeneratorState::New | GeneratorState::Waiting(_) | GeneratorState::Working(_)) => {
            let image = existing.as_ref().and_then(|o| o.pointer("/spec/seedImage")?.as_str()).unwrap_or_default();
            if image != args.image {
                let fix = format!("oc ibu seed status --wait{}", args.connection.arguments());
                return Ok(refuse(&format!("{} is being made into {image} just now", target.title()), &fix, terminal));
            }
            eprintln!("a seed image is being made already");
            return if args.wait.wait && args.write.dry_run == DryRun::None {
                wait(args, &target, terminal)
            } else {
                Ok(asked(args, &target)?)
            };
        }
        Some(GeneratorState::Failed(_)) => {}
        None => {
            if let Some(outcome) = busy(args, &target, &cluster, terminal)? {
                return Ok(outcome);
            }
        }
    }
    if !check(args, &cluster, terminal) {
        return Ok(Outcome::No);
    }
    if args.write.dry_run == DryRun::Client {
        eprintln!("the Secret {} is left out: it holds the auth file", seed::SECRET_NAME);
        print(&emit::to_string(&value(generator)))?;
        return Ok(Outcome::Done);
    }
    announce(args, &target, existing.is_some(), terminal);
    if args.write.dry_run == DryRun::None {
        let question = format!("make a seed image of {}", target.title());
        let confirm = Confirm { question: &question, count: 1, yes: args.write.yes };
        if let Some(outcome) = confirm.ask(terminal)?.stops() {
            return Ok(outcome);
        }
    }
    send(args, &target, existing.as_ref(), &secret, &generator)?;
    if args.write.dry_run == DryRun::Server {
        print(match existing {
            None => "the API server would accept it; nothing was changed\n",
            Some(_) => {
                "the API server would accept the Secret and delete the old SeedGenerator; nothing was changed\n\
                 the new SeedGenerator cannot be tried as long as the old one is there\n"
            }
        })?;
        return Ok(Outcome::Done);
    }
    if args.wait.wait { wait(args, &target, terminal) } else { asked(args, &target) }
}

/// Without a SeedGenerator: an image may be made just now, which takes it away, and the ImageBasedUpgrade with it.
fn busy(
    args: &GenerateArgs,
    target: &Target,
    cluster: &Cluster,
    terminal: &Terminal,
) -> Result<Option<Outcome>, Failure> {
    if !cluster.is_complete(kinds::SEED_GENERATOR) {
        let what = format!("whether a seed image of {} is being made may not be read", target.title());
        return Ok(Some(refuse(&what, "get the right to list seedgenerators.lca.openshift.io", terminal)));
    }
    if target.server.get(kinds::IBU, "", ibu::NAME)?.is_some() {
        return Ok(None);
    }
    let what = format!("an image is being made of {} just now, or the Lifecycle Agent does not run", target.title());
    let fix = format!("oc ibu seed status --wait{}", args.connection.arguments());
    Ok(Some(refuse(&what, &fix, terminal)))
}

fn refuse(what: &str, fix: &str, terminal: &Terminal) -> Outcome {
    eprintln!("{} {what}\n  nothing was changed\n  fix: {fix}", terminal.err.error("error:"));
    Outcome::No
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("cannot read {}", path.display())).because(error);
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        std::io::stdin().lock().take(MAX_AUTH).read_to_end(&mut bytes).map_err(failed)?;
    } else {
        let file = std::fs::File::open(path).map_err(failed)?;
        file.take(MAX_AUTH).read_to_end(&mut bytes).map_err(failed)?;
    }
    Ok(bytes)
}

/// How far a SeedGenerator is.
pub fn state_of(object: &Value) -> GeneratorState {
    let conditions = object.pointer("/status/conditions").and_then(|c| Conditions::deserialize(c).ok());
    generator_state(&conditions.unwrap_or_default())
}

fn completed(
    existing: Option<&Value>,
    args: &GenerateArgs,
    target: &Target,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let image = existing.and_then(|o| o.pointer("/spec/seedImage")?.as_str()).unwrap_or("an image");
    let title = target.title();
    if image == args.image {
        print(&format!("{image} has been made of {title} already; nothing to do\n"))?;
        return Ok(Outcome::Done);
    }
    eprintln!("{} {title} has been made into {image} already", terminal.err.error("error:"));
    eprintln!("  one seed cluster gives one image: what is on it now is not what it was installed with");
    eprintln!("  fix: install a new seed cluster for {}", args.image);
    Ok(Outcome::No)
}

/// Looks at everything the agent would refuse; whether it may go on.
fn check(args: &GenerateArgs, cluster: &Cluster, terminal: &Terminal) -> bool {
    let facts = gather(cluster);
    let mut findings = preflight(&facts);
    let release = cluster.first(kinds::CLUSTER_VERSION);
    let release = release.as_ref().and_then(|v| v.pointer("/status/desired/version")?.as_str());
    findings.extend(release.and_then(|release| image_advice(&args.image, release)));
    for finding in findings.iter_mut().filter(|f| args.write.accept.iter().any(|id| id == f.id)) {
        finding.level = Level::Info;
    }
    let tally = Tally::of(&findings);
    let shown: Vec<Finding> = crate::verdict::shown(&findings, terminal);
    eprint!("{}", cli::findings(&shown, terminal.err));
    let sign = terminal.symbols.sign(if tally.errors > 0 { Symbol::Fail } else { Symbol::Ok });
    eprintln!("{sign} preflight  {}", tally.text());
    if tally.errors > 0 {
        eprintln!("nothing was changed; --accept ID goes on in spite of a finding");
    }
    cluster.unread.iter().for_each(|sentence| eprintln!("not checked: {sentence}"));
    tally.errors == 0
}

fn announce(args: &GenerateArgs, target: &Target, again: bool, terminal: &Terminal) {
    let skip = terminal.symbols.sign(Symbol::Skip);
    let lines = [
        "takes what is left of the hub's agents off the cluster, and pods that have ended",
        "its API and everything on it stop while the image is made, and come back by themselves",
        "the SeedGenerator and its Secret are gone meanwhile: that is how it should be",
        "the cluster gives one image; for another, install it anew",
    ];
    eprintln!("{}", target.way());
    eprintln!("  makes {}", args.image);
    lines.iter().for_each(|line| eprintln!("  {skip} {line}"));
    if again {
        eprintln!("  {skip} the SeedGenerator of the failed attempt is deleted first");
    }
}

/// Secret first, then the SeedGenerator, whose creation sets the agent off.
fn send(
    args: &GenerateArgs,
    target: &Target,
    existing: Option<&Value>,
    secret: &Value,
    generator: &Value,
) -> Result<(), Failure> {
    let write = args.write.write();
    put_secret(target, secret, write)?;
    let sent = put_generator(target, existing, generator, write);
    sent.map_err(|error| {
        let failure = Failure::from(error);
        if write.dry_run { failure } else { failure.because(format!("the Secret is there already; {}", take_away())) }
    })
}

fn put_generator(
    target: &Target,
    existing: Option<&Value>,
    generator: &Value,
    write: Write<'_>,
) -> Result<(), ApiError> {
    if let Some(old) = existing {
        let uid = old.pointer("/metadata/uid").and_then(Value::as_str);
        target.server.delete(kinds::SEED_GENERATOR, "", seed::NAME, uid, write)?;
        if write.dry_run {
            return Ok(());
        }
    }
    target.server.create(kinds::SEED_GENERATOR, generator, write)?;
    Ok(())
}

/// The Secret may push images, and the agent puts it back when it has done its work.
fn take_away() -> String {
    format!("if it is not needed: oc delete secret {} -n {LCA_NAMESPACE}", seed::SECRET_NAME)
}

/// The agent gives back the Secret of a failed attempt, so there may be one; one of another type cannot be changed.
fn put_secret(target: &Target, secret: &Value, write: Write<'_>) -> Result<(), Failure> {
    let server = &target.server;
    let old = server.get(kinds::SECRET, LCA_NAMESPACE, seed::SECRET_NAME)?;
    match old {
        Some(old) if old["type"] == secret["type"] => {
            let patch = json!({"data": secret["data"]});
            server.merge_patch(kinds::SECRET, LCA_NAMESPACE, seed::SECRET_NAME, &patch, write)?;
            return Ok(());
        }
        Some(old) => {
            let uid = old.pointer("/metadata/uid").and_then(Value::as_str);
            server.delete(kinds::SECRET, LCA_NAMESPACE, seed::SECRET_NAME, uid, write)?;
            if write.dry_run {
                return Ok(());
            }
        }
        None => {}
    }
    server.create(kinds::SECRET, secret, write)?;
    Ok(())
}

fn asked(args: &GenerateArgs, target: &Target) -> Result<Outcome, Failure> {
    let next = format!("oc ibu seed status --wait{}", args.connection.arguments());
    print(&format!("a seed image of {} is being made\nnext: {next}\n", target.title()))?;
    Ok(Outcome::Done)
}

fn wait(args: &GenerateArgs, target: &Target, terminal: &Terminal) -> Result<Outcome, Failure> {
    follow(target, args.wait.timeout.unwrap_or(PATIENCE), &args.connection.arguments(), terminal)
}

enum Now {
    Object(Conditions),
    Missing,
    Away(String),
}

/// Follows the making of an image to its end.
///
/// # Errors
/// The cluster may not be read, or standard output cannot be written.
pub fn follow(target: &Target, limit: Duration, flags: &str, terminal: &Terminal) -> Result<Outcome, Failure> {
    let mut wait = WaitForSeed::new(Timestamp::now());
    let mut view = View::new(target.title(), limit, terminal);
    let mut now: Option<Now> = None;
    let verdict = loop {
        let Some(left) = view.left().filter(|left| !left.is_zero()) else { break None };
        let mut failure = None;
        // As for an upgrade: what comes back may be another database.
        let slice = SLICE.min(left);
        let broke = target.server.watch(&[Query::all(kinds::SEED_GENERATOR)], Some(slice), &mut |moment| {
            match moment {
                Moment::Tick(_) | Moment::Back => {}
                Moment::Away(error, _) if error.is_forbidden() && !wait.has_seen() => {
                    failure = Some(error.clone().into());
                    return ControlFlow::Break(None);
                }
                Moment::Away(error, _) => now = Some(Now::Away(reason(error))),
                Moment::Changed(objects) => now = Some(object(objects)),
            }
            let seen = match &now {
                None => return ControlFlow::Continue(()),
                Some(Now::Object(conditions)) => SeenSeed::Object(conditions),
                Some(Now::Missing) => SeenSeed::Missing,
                Some(Now::Away(why)) => SeenSeed::Away(why),
            };
            let clock = Timestamp::now();
            let progress = wait.observe(seen, clock);
            if let Err(error) = view.show(&progress, clock) {
                failure = Some(error);
                return ControlFlow::Break(None);
            }
            progress.verdict.map_or(ControlFlow::Continue(()), |verdict| ControlFlow::Break(Some(verdict)))
        });
        match (broke, failure) {
            (_, Some(failure)) => return Err(failure),
            (Ok(Some(Some(verdict))), None) => break Some(verdict),
            (Ok(_), None) => {}
            (Err(error), None) => return Err(error.into()),
        }
        // While an image is made, the ImageBasedUpgrade is gone too.
        if !wait.has_seen()
            && matches!(now, Some(Now::Missing))
            && target.server.get(kinds::IBU, "", ibu::NAME).is_ok_and(|found| found.is_some())
        {
            view.screen.finish();
            let title = target.title();
            print(&format!(
                "there is no SeedGenerator on {title}: no seed image was asked for\n\
                 next: oc ibu seed check{flags}   (every reason against one at once)\n"
            ))?;
            return Ok(Outcome::No);
        }
    };
    view.screen.finish();
    end(verdict, wait.reason(), target, limit, flags, terminal)
}

fn object(objects: &Recorded) -> Now {
    let mut found = None;
    // Recorded objects can always be lent.
    let _ = objects.each(&Query::all(kinds::SEED_GENERATOR), &mut |object| found = Some(object.clone()));
    let Some(object) = found else { return Now::Missing };
    let conditions = object.pointer("/status/conditions").and_then(|c| Conditions::deserialize(c).ok());
    Now::Object(conditions.unwrap_or_default())
}

fn end(
    verdict: Option<Verdict>,
    last: &str,
    target: &Target,
    limit: Duration,
    flags: &str,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let title = target.title();
    let secret = format!("  Secret {} may push images; {}", seed::SECRET_NAME, take_away());
    let (symbol, text, outcome) = match verdict {
        Some(Verdict::Reached) => (Symbol::Ok, format!("the seed image of {title} is pushed\n{secret}"), Outcome::Done),
        Some(Verdict::Failed(why)) => {
            let text = format!(
                "no seed image of {title}: {}\n  the SeedGenerator stays inert; seed generate replaces it\n{secret}",
                one_line(&why)
            );
            (Symbol::Fail, text, Outcome::No)
        }
        _ => {
            let limit = elapsed(i64::try_from(limit.as_secs()).unwrap_or(i64::MAX));
            let last = if last.is_empty() { String::new() } else { format!("; last: {}", one_line(last)) };
            let text = format!(
                "the seed image of {title} is not there after {limit}{last}\n  on the node: podman logs -f lca_image_builder\n{secret}\n\
                 next: oc ibu seed status --wait{flags}"
            );
            (Symbol::Warn, text, Outcome::TimedOut)
        }
    };
    print(&format!("{} {text}\n", terminal.symbols.sign(symbol)))?;
    Ok(outcome)
}
