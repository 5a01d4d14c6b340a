//! What is believed of policies, and from where: flags before a file before finished CGUs.

use std::path::PathBuf;

use clap::Args;
use ztp_common::cli::Failure;
use ztp_common::resource::ClusterGroupUpgrade;
use ztp_common::rollout::rehearse::{Learned, Model, Origin, PolicyModel, Spread, learn};
use ztp_common::rollout::{Hub, Plan};
use ztp_common::suggest::nearest;

use crate::words::many;

/// How long policies take and how often they fail.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Model")]
pub struct ModelArgs {
    /// How long a policy takes on a cluster: half take 30m, one of 20 more than 50m; without POLICY= for all
    #[arg(long, value_name = "[POLICY=]30m~50m", value_parser = time)]
    duration: Vec<(Option<String>, Spread)>,
    /// Share of clusters on which a policy never succeeds; without POLICY= for all
    #[arg(long, value_name = "[POLICY=]2%", value_parser = failure)]
    failure: Vec<(Option<String>, f64)>,
    /// How long the CGUs that block this one still take, likewise; that time is lost
    #[arg(long, value_name = "1h~2h", value_parser = Spread::parse)]
    blocked_for: Option<Spread>,
    /// File with durations and failure rates
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Print the model in use as YAML, for --model, and stop
    #[arg(long)]
    pub model_out: bool,
}

/// A policy with what is believed of it.
pub struct BelievedPolicy {
    /// Its name.
    pub name: String,
    /// The middle and the 95th percentile of its time, in seconds; none when nothing is known.
    pub time: Option<(f64, f64)>,
    /// The share of clusters it fails on.
    pub failure: f64,
    /// Where that is from, in words.
    pub from: String,
}

/// What is believed, and why.
pub struct Believed {
    /// The model for the policies of the plan.
    pub model: Model,
    /// The policies, in order.
    pub policies: Vec<BelievedPolicy>,
}

impl ModelArgs {
    /// Whether the wait for blockers was given.
    pub fn says_blocked(&self) -> bool {
        self.blocked_for.is_some()
    }

    /// Puts together what is believed of the policies of a plan.
    ///
    /// # Errors
    /// The file cannot be read, or a flag names a policy that the plan does not have.
    pub fn believed(&self, hub: &Hub, cgu: &ClusterGroupUpgrade, plan: &Plan) -> Result<Believed, Failure> {
        let works = &cgu.spec.manifest_work_templates;
        let names: Vec<String> = match works.is_empty() {
            true => plan.policies.for_upgrade().into_iter().map(|policy| policy.name).collect(),
            false => works.clone(),
        };
        let flags = self.flags(&names)?;
        let file = self.file()?;
        let learned = learn(hub);
        let (model, origins) = Model::layered(&names, &[&flags, &file, &learned.model]);
        let policies = names.into_iter().zip(origins).map(|(name, origin)| BelievedPolicy {
            time: model.time_of(&name).map(Spread::middle_and_high),
            failure: model.failure_of(&name),
            from: from(&name, origin, &learned),
            name,
        });
        Ok(Believed { policies: policies.collect(), model })
    }

    fn flags(&self, names: &[String]) -> Result<Model, Failure> {
        let mut model = Model { blocked: self.blocked_for.clone(), ..Model::default() };
        for (name, time) in &self.duration {
            entry(&mut model, name.as_deref(), names)?.time = Some(time.clone());
        }
        for (name, failure) in &self.failure {
            entry(&mut model, name.as_deref(), names)?.failure = Some(*failure);
        }
        Ok(model)
    }

    fn file(&self) -> Result<Model, Failure> {
        let Some(path) = &self.model else { return Ok(Model::default()) };
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|error| Failure::new(format!("cannot read the model {shown}")).because(error))?;
        Model::read(&shown, &text).map_err(|error| {
            Failure::new(format!("cannot use the model {shown}"))
                .because(error)
                .fix("oc talm rehearse … --model-out prints one to start from")
        })
    }
}

fn entry<'m>(model: &'m mut Model, name: Option<&str>, names: &[String]) -> Result<&'m mut PolicyModel, Failure> {
    let Some(name) = name else { return Ok(&mut model.any) };
    if !names.iter().any(|known| known == name) {
        let failure = Failure::new(format!("the plan enforces no policy {name:?}"));
        return Err(match nearest(name, names.iter().map(String::as_str)) {
            Some(near) => failure.fix(format!("did you mean {near}?")),
            None => failure.fix(format!("it enforces {}", names.join(", "))),
        });
    }
    Ok(model.policies.entry(name.to_owned()).or_default())
}

/// Where a belief comes from, in words.
fn from(name: &str, origin: Origin, learned: &Learned) -> String {
    let time = match origin.time {
        Some(0) => "--duration".to_owned(),
        Some(1) => "model file".to_owned(),
        Some(_) => time_learned(name, learned),
        None => "nothing known".to_owned(),
    };
    let failure = match origin.failure {
        Some(0) => "--failure".to_owned(),
        Some(1) => "model file".to_owned(),
        Some(_) => failure_learned(name, learned),
        None => return time,
    };
    if time == failure { time } else { format!("{time}; {failure}") }
}

fn time_learned(name: &str, learned: &Learned) -> String {
    let Some(time) = learned.times.iter().find(|time| time.policy == name) else { return "learned".to_owned() };
    let mut parts = Vec::new();
    if time.single > 0 {
        parts.push(format!("{} that went cluster by cluster", many(time.single, "CGU")));
    }
    if time.batched > 0 {
        parts.push(format!("the slowest of each batch in {}", many(time.batched, "CGU")));
    }
    let shared = if time.shared { ", time shared evenly with other policies" } else { "" };
    format!("{}{shared}", parts.join(", "))
}

fn failure_learned(name: &str, learned: &Learned) -> String {
    let seen = learned.failures.iter().find(|failure| failure.policy == name);
    seen.map(|seen| format!("{} of {} timed out", seen.timed_out, many(seen.reached, "cluster"))).unwrap_or_default()
}

fn time(text: &str) -> Result<(Option<String>, Spread), String> {
    let (name, value) = named(text);
    Ok((name, Spread::parse(value)?))
}

fn failure(text: &str) -> Result<(Option<String>, f64), String> {
    let (name, value) = named(text);
    Ok((name, PolicyModel::parse_failure(value)?))
}

fn named(text: &str) -> (Option<String>, &str) {
    match text.split_once('=') {
        Some((name, value)) => (Some(name.to_owned()), value),
        None => (None, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_be_for_one_policy() {
        assert_eq!(failure("base=2%"), Ok((Some("base".to_owned()), 0.02)));
        assert_eq!(time("30m"), Ok((None, Spread::Fixed(1800.0))));
        assert!(failure("base=2").is_err() && time("base=").is_err());
    }

    #[test]
    fn a_flag_for_a_policy_that_is_not_enforced_is_told() {
        let args = ModelArgs { duration: vec![time("bsae=30m").unwrap()], ..Default::default() };
        let error = args.flags(&["base".to_owned()]).unwrap_err();
        assert!(error.text(ztp_common::cli::Paint::plain()).contains("did you mean base?"));
    }
}
