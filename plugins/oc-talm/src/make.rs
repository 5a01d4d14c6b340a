//! A drafted CGU on its way to the hub: shown, asked about, and written, beside what is there already.

use jiff::Timestamp;
use serde_json::Value;
use ztp_common::cli::{Failure, Outcome};
use ztp_common::finding::Finding;
use ztp_common::resource::{ClusterGroupUpgrade, PreCachingConfig};
use ztp_common::rollout::decide::{
    Draft, Standing, before_create, before_enable, judge, lint_precaching, plan_digest, same_spec, standing,
};
use ztp_common::rollout::{self, Hub, NoGraph, Plan};

use crate::facts::{Facts, FactsArgs};
use crate::preview::Preview;
use crate::there::{added_metadata, config_there, replaces, there, write_cgu, write_config};
use crate::words::many;
use crate::writing::{Writing, typed, unknown_in};

/// The draft of a CGU that stands for itself.
pub fn draft_of(cgu: ClusterGroupUpgrade) -> Draft {
    Draft { cgu, ..Draft::default() }
}

/// The draft of a CGU that is there and is changed, with the fields of it that this version does not know.
pub fn draft_like(cgu: ClusterGroupUpgrade, seen: &Value) -> Draft {
    Draft { cgu, unknown: unknown_in(seen), ..Draft::default() }
}

/// The PreCachingConfig that a CGU names.
pub fn config_of<'h>(facts: &'h Facts, cgu: &ClusterGroupUpgrade) -> Option<&'h PreCachingConfig> {
    let reference = &cgu.spec.pre_caching_config_ref;
    let namespace = if reference.namespace.is_empty() { &cgu.metadata.namespace } else { &reference.namespace };
    facts.hub.precaching_configs.get(&(namespace.clone(), reference.name.clone()))
}

/// Shows a CGU, asks, and creates it. `next` is what is to be done then, where it is not the usual.
///
/// # Errors
/// The hub cannot be reached, or refuses it.
pub fn make(
    writing: &Writing<'_>,
    source: &FactsArgs,
    draft: &Draft,
    mut findings: Vec<Finding>,
    next: Option<&str>,
) -> Result<Outcome, Failure> {
    let facts = writing.facts;
    let metadata = &draft.cgu.metadata;
    let shown = format!("{}/{}", metadata.namespace, metadata.name);
    let there = there(writing, draft)?;
    let config_there = config_there(writing, draft)?;
    let config_is_new = replaces(draft, config_there.as_ref());
    if let Some(there) = &there
        && let Some(outcome) = settled(writing, draft, there, config_is_new)?
    {
        return Ok(outcome);
    }
    let hub = draft.hub_with_config(&facts.hub);
    let future = as_it_will_be(draft, there.as_ref())?;
    let plan = rollout::plan(&hub, &future, &NoGraph, facts.at());
    findings.extend(against(draft, &hub, &future, &plan, facts.at()));
    let verdict = judge(findings, &writing.flags.accept);
    let preview = Preview { hub: &hub, cgu: &future, plan: &plan, told: &verdict.told };
    let mut text = preview.text(writing);
    if config_is_new && config_there.is_some() {
        text += &format!("replaces PreCachingConfig {shown}\n");
    }
    writing.show(&text)?;
    if let Some(outcome) = writing.refused(&format!("ClusterGroupUpgrade {shown}"), &verdict) {
        return Ok(outcome);
    }
    if let Some(there) = &there {
        writing.warn_of_argo_cd(there);
    }
    let objects = draft.objects();
    let what = if there.is_some() { "changed" } else { "created" };
    if writing.is_client_only() {
        writing.answer(&done(writing, draft, what, next), &objects)?;
        return Ok(Outcome::Done);
    }
    writing.server()?;
    let (question, count) = question(draft, &shown, preview.reach(), there.is_some());
    if let Some(outcome) = writing.ask(&question, count)? {
        return Ok(outcome);
    }
    if draft.cgu.spec.is_enabled() && writing.asks() {
        let now = source.gather(writing.terminal)?;
        let plan_now = rollout::plan(&draft.hub_with_config(&now.hub), &future, &NoGraph, now.at());
        if plan_digest(&plan_now) != plan_digest(&plan) {
            return Err(plan_changed());
        }
    }
    let mut written = Vec::new();
    if let Some(config) = objects.first().filter(|_| draft.config.is_some()) {
        written.push(write_config(writing, draft, config, config_there.as_ref())?);
    }
    let object = draft.cgu_object();
    written.push(write_cgu(writing, &object, there.as_ref())?);
    writing.answer(&done(writing, draft, what, next), &written)?;
    Ok(Outcome::Done)
}

/// The draft with what TALM has written into the status of the CGU that is there.
fn as_it_will_be(draft: &Draft, there: Option<&Value>) -> Result<ClusterGroupUpgrade, Failure> {
    let mut future = draft.cgu.clone();
    if let Some(cgu) = there.map(typed).transpose()?
        && matches!(standing(&cgu), Standing::Waits | Standing::Enabled)
    {
        future.status = cgu.status;
    }
    Ok(future)
}

/// All that speaks against it; one that starts at once meets the guards of `oc talm enable` as well.
fn against(draft: &Draft, hub: &Hub, future: &ClusterGroupUpgrade, plan: &Plan, now: Timestamp) -> Vec<Finding> {
    let mut findings = before_create(hub, &draft.cgu, now);
    findings.extend(draft.config.iter().flat_map(|config| lint_precaching(hub, &draft.cgu, config)));
    if draft.cgu.spec.is_enabled() {
        let is_told = |new: &Finding| {
            findings.iter().any(|old| old.id == new.id && old.fact == new.fact)
                // The same, said of one that is there.
                || new.id == "rollout/enable-precaching"
        };
        let more: Vec<Finding> =
            before_enable(hub, future, plan, None, now).into_iter().filter(|new| !is_told(new)).collect();
        findings.extend(more);
    }
    findings
}

/// What changes between looking and answering.
pub fn plan_changed() -> Failure {
    Failure::new("the plan changed while you looked at it")
        .because("nothing was changed by this command")
        .fix("run it again, and look at the new plan")
}

/// When there is nothing to do, or nothing can be done, because of the CGU that is there.
fn settled(
    writing: &Writing<'_>,
    draft: &Draft,
    there: &Value,
    config_is_new: bool,
) -> Result<Option<Outcome>, Failure> {
    let cgu = typed(there)?;
    let (name, namespace) = (&draft.cgu.metadata.name, &draft.cgu.metadata.namespace);
    // Creating again must not disable what has been enabled since.
    let mut wanted = draft.cgu_object();
    if cgu.spec.is_enabled() {
        wanted["spec"]["enable"] = true.into();
    }
    let same = same_spec(&there["spec"], &wanted["spec"]) && added_metadata(there, &wanted).is_none() && !config_is_new;
    let again = writing.facts.argument();
    match standing(&cgu) {
        Standing::Ended if same => Err(Failure::new(format!(
            "ClusterGroupUpgrade {namespace}/{name} is there already, says the same and has ended"
        ))
        .because("TALM never looks at it again, so that nothing would be rolled out")
        .fix(format!("oc talm clone {name} -n {namespace}{again}"))),
        _ if same && !writing.is_client_only() => {
            let next = format!("next: oc talm status {name} -n {namespace}{again}\n");
            writing.answer(
                &format!("{namespace}/{name} is there already and says the same\n{next}"),
                std::slice::from_ref(there),
            )?;
            Ok(Some(Outcome::Done))
        }
        Standing::Enabled if !same && !draft.cgu.spec.is_enabled() => Err(Failure::new(format!(
            "ClusterGroupUpgrade {namespace}/{name} is enabled: this would disable it as well"
        ))
        .because("nothing was changed")
        .fix(format!("oc talm disable {name} -n {namespace}{again}, or say --enable"))),
        Standing::Ended => {
            Err(Failure::new(format!("ClusterGroupUpgrade {namespace}/{name} has ended: TALM never looks at it again"))
                .because("a change of its spec would have no effect")
                .fix(format!("take another name, or oc talm clone {name} -n {namespace}{again}")))
        }
        Standing::Runs if !same => {
            Err(Failure::new(format!("ClusterGroupUpgrade {namespace}/{name} runs: its plan is frozen"))
                .because("TALM looks at clusters, policies, batches and blockers only until the rollout starts")
                .fix("take another name, or wait for its end"))
        }
        _ => Ok(None),
    }
}

fn question(draft: &Draft, shown: &str, reach: usize, there: bool) -> (String, usize) {
    let verb = if there { "change" } else { "create" };
    let spec = &draft.cgu.spec;
    if spec.is_enabled() {
        (format!("{verb} {shown} and start it for {}", many(reach, "cluster")), reach)
    } else if spec.pre_caching {
        (format!("{verb} {shown} and pull images on {}", many(reach, "cluster")), reach)
    } else {
        (format!("{verb} {shown}, disabled"), 1)
    }
}

fn done(writing: &Writing<'_>, draft: &Draft, what: &str, then: Option<&str>) -> String {
    let (name, namespace) = (&draft.cgu.metadata.name, &draft.cgu.metadata.namespace);
    let state = if draft.cgu.spec.is_enabled() { "enabled" } else { "disabled" };
    let mut text = String::new();
    if draft.config.is_some() {
        text += &format!("wrote PreCachingConfig {namespace}/{name}{}\n", writing.dry());
    }
    text += &format!("{what} ClusterGroupUpgrade {namespace}/{name}, {state}{}\n", writing.dry());
    if writing.dry().is_empty() {
        let next = match (draft.cgu.spec.is_enabled(), draft.cgu.spec.pre_caching) {
            (true, _) => "status",
            (false, true) => "precache status",
            (false, false) => "enable",
        };
        if what == "created" {
            text += &format!("undo: oc delete cgu {name} -n {namespace}{}\n", writing.facts.argument());
        }
        let usual = || format!("oc talm {next} {name} -n {namespace}{}", writing.facts.argument());
        text += &format!("next: {}\n", then.map_or_else(usual, str::to_owned));
    }
    text
}
