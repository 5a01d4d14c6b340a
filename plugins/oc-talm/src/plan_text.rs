//! A plan in words: counts, batches, what is left out, what stands in the way.

use std::collections::{BTreeMap, HashSet};

use ztp_common::cli::{Symbol, Terminal};
use ztp_common::finding::{Finding, Level};
use ztp_common::resource::{ClusterGroupUpgrade, PolicyRef};
use ztp_common::rollout::{
    Batch, ClusterCompliance, Earlier, Hub, Link, LinkState, Outcome, Plan, PolicyVerdict, blocker_graph,
    cluster_compliance, earlier,
};

use crate::findings_text::brief;
use crate::plan_actions::actions;
use crate::story::StoryTable;
use crate::words::{between, flow, listed, many, plain, span, wrapped};

/// More rows and names than this are cut, but for `-o wide`.
const MAX_ROWS: usize = 20;
const MAX_NAMES: usize = 5;

/// Why clusters of TALM's plan are not rolled out to.
pub const DROPPED: &str = "not pre-cached, not backed up or not completed in all blockers";

/// What a plan is told from.
pub struct PlanReport<'p> {
    /// The hub it is for.
    pub hub: &'p Hub,
    /// The CGU that is planned.
    pub cgu: &'p ClusterGroupUpgrade,
    /// What TALM will do.
    pub plan: &'p Plan,
    /// What stands in the way.
    pub findings: &'p [Finding],
    /// Whether it is a new CGU in the place of one that TALM plans no more.
    pub anew: bool,
}

/// The whole answer.
pub fn text(report: &PlanReport<'_>, terminal: &Terminal, wide: bool, facts: &str, next: Option<&str>) -> String {
    let rows = if wide { usize::MAX } else { MAX_ROWS };
    let mut text = counts(report, terminal);
    // What an ended CGU was to do is told by its status.
    let is_over = matches!(report.plan.outcome, Outcome::Ended | Outcome::Deleting);
    if !is_over {
        text += &batches(report.plan, terminal, rows, wide);
        text += &policies(report, terminal);
        text += &templates(report, terminal);
    }
    let mut lines = left_out(report, wide);
    lines.extend(holding(report, terminal, wide));
    lines.extend(blockers(report, terminal));
    lines.extend(before(report));
    lines.extend(actions(report));
    // Who holds a batch has been told with the batch.
    let told = ["rollout/cluster-unavailable", "rollout/name-label"];
    let findings: Vec<&Finding> = report.findings.iter().filter(|f| !told.contains(&f.id)).collect();
    lines.extend(brief(&findings, terminal, rows));
    lines.extend((!terminal.quiet).then(|| facts.to_owned()));
    lines.push(verdict(report));
    lines.extend(next.filter(|_| !terminal.quiet).map(|next| format!("next: {next}")));
    text + &wrapped(&(lines.join("\n") + "\n"), terminal.width)
}

fn counts(report: &PlanReport<'_>, terminal: &Terminal) -> String {
    let (plan, metadata) = (report.plan, &report.cgu.metadata);
    let to_do: usize = plan.batches.iter().map(|batch| batch.clusters.len()).sum();
    let name = terminal.out.name(&plain(&format!("{}/{}", metadata.namespace, metadata.name)));
    if let (Outcome::Ended, Some(end)) = (plan.outcome, plan.status.succeeded()) {
        let planned = format!("{} in its plan, nothing is planned any more", many(to_do, "cluster"));
        return flow(&[name, plain(&end.reason), planned], terminal.width);
    }
    if plan.outcome == Outcome::Deleting {
        return flow(&[name, "being deleted".to_owned(), "nothing is planned any more".to_owned()], terminal.width);
    }
    let timeout = span(plan.timeout_minutes.saturating_mul(60));
    let used =
        if plan.used_seconds > 0 { format!(", {} of it used up", span(plan.used_seconds)) } else { String::new() };
    let mut parts =
        vec![format!("{} to remediate", many(to_do, "cluster")), format!("rollout timeout {timeout}{used}")];
    if !matches!(plan.outcome, Outcome::Running | Outcome::Ended) {
        parts[0] = format!("{to_do} to remediate");
        parts.insert(0, format!("{} selected", many(plan.selected.len(), "cluster")));
        if !plan.already_compliant.is_empty() {
            parts.insert(2, format!("{} left out", plan.already_compliant.len()));
        }
    }
    parts.insert(0, name);
    flow(&parts, terminal.width)
}

/// Batches in a row that differ in nothing but their clusters.
struct Row<'p> {
    first: &'p Batch,
    last: &'p Batch,
    clusters: Vec<&'p str>,
}

fn rows(batches: &[Batch], each: bool) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for batch in batches {
        let names = batch.clusters.iter().map(String::as_str);
        match rows.last_mut().filter(|row| !each && same(row.first, batch)) {
            Some(row) => {
                row.last = batch;
                row.clusters.extend(names);
            }
            None => rows.push(Row { first: batch, last: batch, clusters: names.collect() }),
        }
    }
    rows
}

fn same(a: &Batch, b: &Batch) -> bool {
    let is_plain = |batch: &Batch| !batch.canary && !batch.judged_as_canary;
    is_plain(a) && is_plain(b) && a.clusters.len() == b.clusters.len()
}

fn batches(plan: &Plan, terminal: &Terminal, limit: usize, wide: bool) -> String {
    let rows = rows(&plan.batches, wide);
    if rows.is_empty() {
        return String::new();
    }
    let mut table = StoryTable::new(&["BATCH", "CLUSTERS", "BUDGET", "LATEST START"], "WHO");
    for row in rows.iter().take(limit) {
        let (first, last) = (row.first.number, row.last.number);
        let number = match (row.first.canary, first == last) {
            (true, _) => format!("{first} canary"),
            (false, true) => first.to_string(),
            (false, false) => format!("{first}-{last}"),
        };
        let time = &row.first.time;
        let start = if time.latest_start_seconds == 0 { "0m".to_owned() } else { span(time.latest_start_seconds) };
        let who = if wide { row.clusters.join(" ") } else { between(&row.clusters) };
        let cells = vec![number, row.clusters.len().to_string(), span(time.budget_seconds), format!("+{start}")];
        table.row(cells, who);
    }
    let more = rows.len().saturating_sub(limit);
    let more = if more > 0 { format!("+{more} more: add -o wide\n") } else { String::new() };
    table.text(terminal.headers, terminal.width) + &more
}

fn policies(report: &PlanReport<'_>, terminal: &Terminal) -> String {
    let plan = report.plan;
    let mut stops: BTreeMap<&PolicyRef, usize> = BTreeMap::new();
    plan.first_stop.values().for_each(|policy| *stops.entry(policy).or_default() += 1);
    let mut table = StoryTable::new(&["POLICY", "NAMESPACE", "STOP FIRST"], "WHAT BECOMES OF IT");
    for (name, verdict) in &plan.policies.verdicts {
        let (namespace, what) = match verdict {
            PolicyVerdict::Enforced { namespace } => (namespace.as_str(), "to be enforced".to_owned()),
            PolicyVerdict::Compliant { namespace } => {
                (namespace.as_str(), "left out: compliant on every selected cluster".to_owned())
            }
            PolicyVerdict::AlreadyEnforce { cluster } => ("", format!("left out: enforces already on {cluster}")),
            PolicyVerdict::Missing { exists_in } if exists_in.is_empty() => {
                ("", "there is none of this name".to_owned())
            }
            PolicyVerdict::Missing { exists_in } => {
                (exists_in.first().map_or("", String::as_str), "not bound to any selected cluster".to_owned())
            }
            PolicyVerdict::Invalid { namespace, reason } | PolicyVerdict::Breaks { namespace, reason } => {
                (namespace.as_str(), format!("not valid: {reason}"))
            }
        };
        let reference = PolicyRef { name: name.clone(), namespace: namespace.to_owned() };
        let stop = stops.get(&reference).map(|count| many(*count, "cluster"));
        table.row(vec![name.clone(), namespace.to_owned(), stop.unwrap_or_default()], what);
    }
    table.text(terminal.headers, terminal.width)
}

/// What a CGU of the ManifestWork kind rolls out, in its order.
fn templates(report: &PlanReport<'_>, terminal: &Terminal) -> String {
    let mut table = StoryTable::new(&["TEMPLATE", "NAMESPACE"], "WHAT BECOMES OF IT");
    let namespace = &report.cgu.metadata.namespace;
    for name in &report.cgu.spec.manifest_work_templates {
        let is_there = report.hub.templates.contains_key(&(namespace.clone(), name.clone()));
        let what = if is_there { "a ManifestWork for each cluster" } else { "there is none of this name" };
        table.row(vec![name.clone(), namespace.clone()], what.to_owned());
    }
    table.text(terminal.headers, terminal.width)
}

/// Whether the CGU is about policies and TALM works with none of them, so that nothing is said of compliance.
pub fn has_no_policy(cgu: &ClusterGroupUpgrade, plan: &Plan) -> bool {
    let works = &cgu.spec.manifest_work_templates;
    works.is_empty() && plan.policies.for_upgrade().is_empty() && plan.policies.compliant().is_empty()
}

fn left_out(report: &PlanReport<'_>, wide: bool) -> Vec<String> {
    let plan = report.plan;
    let shown = if wide { usize::MAX } else { MAX_NAMES };
    let no_policy = has_no_policy(report.cgu, plan);
    let enforced: Vec<_> = plan.policies.for_upgrade();
    let enforced: Vec<_> = enforced.iter().filter_map(|p| report.hub.policy(&p.namespace, &p.name)).collect();
    let is_reached = |cluster: &&String| {
        let reaches = |verdict| verdict != ClusterCompliance::NotMatchedWithPolicy;
        enforced.is_empty() || enforced.iter().any(|policy| reaches(cluster_compliance(policy, cluster)))
    };
    let filtered: HashSet<&String> = plan.filtered_out.iter().collect();
    let is_filtered = |cluster: &&String| filtered.contains(cluster);
    let (reached, not_reached): (Vec<&String>, Vec<&String>) =
        plan.already_compliant.iter().filter(|cluster| !is_filtered(cluster)).partition(is_reached);
    let mut lines = Vec::new();
    let mut line = |names: &[&String], why: &str| {
        if !names.is_empty() {
            lines.push(format!("left out: {} {why}: {}", many(names.len(), "cluster"), listed(names, shown)));
        }
    };
    line(&reached, if no_policy { "for which no policy is left to enforce" } else { "already compliant" });
    line(&not_reached, "not reached by any policy to enforce");
    line(&plan.filtered_out.iter().collect::<Vec<_>>(), DROPPED);
    lines
}

/// Clusters that cannot complete their batch as they are.
fn holding(report: &PlanReport<'_>, terminal: &Terminal, wide: bool) -> Vec<String> {
    let hub = report.hub;
    let shown = if wide { usize::MAX } else { MAX_NAMES };
    let old = hub.has_placement_rules(report.cgu);
    let works = !report.cgu.spec.manifest_work_templates.is_empty();
    let is_away = |name: &str| hub.clusters.get(name).is_some_and(|c| c.is_known_unavailable());
    let is_unlabelled =
        |name: &str| !old && !works && hub.clusters.get(name).is_some_and(|c| c.name_label() != Some(name));
    let mut lines = Vec::new();
    let mut line = |symbol: Symbol, names: &[(usize, &str)], what: &str, id: &str| {
        let mut batches: Vec<usize> = names.iter().map(|(batch, _)| *batch).collect();
        batches.dedup();
        let noun = if batches.len() == 1 { "batch" } else { "batches" };
        let batches: Vec<String> = batches.iter().map(usize::to_string).collect();
        let names: Vec<&str> = names.iter().map(|(_, name)| *name).collect();
        if !names.is_empty() {
            let (names_text, batches) = (listed(&names, shown), listed(&batches, shown));
            let sign = terminal.symbols.sign(symbol);
            lines.push(format!("{sign} {names_text}: {what} and would hold {noun} {batches}   [{id}]"));
        }
    };
    let planned = || {
        let all = report.plan.batches.iter();
        all.flat_map(|batch| batch.clusters.iter().map(|name| (batch.number, name.as_str())))
    };
    let unlabelled: Vec<_> = planned().filter(|(_, name)| is_unlabelled(name)).collect();
    let away: Vec<_> = planned().filter(|(_, name)| is_away(name)).collect();
    line(Symbol::Fail, &unlabelled, "without the label name = their name", "rollout/name-label");
    line(Symbol::Warn, &away, "not available", "rollout/cluster-unavailable");
    lines
}

/// The CGUs that must finish first, and what they wait for themselves.
fn blockers(report: &PlanReport<'_>, terminal: &Terminal) -> Vec<String> {
    if matches!(report.plan.outcome, Outcome::Running | Outcome::Ended | Outcome::Deleting) {
        return Vec::new();
    }
    let graph = blocker_graph(report.hub, report.cgu);
    let sign = |symbol| terminal.symbols.sign(symbol);
    let line = |link: &Link| {
        let (symbol, what) = match link.state {
            LinkState::Missing => (Symbol::Fail, "does not exist"),
            LinkState::Unreadable => (Symbol::Warn, "cannot be understood: -v says why"),
            LinkState::Failed => (Symbol::Fail, "has ended badly"),
            LinkState::Stuck => (Symbol::Fail, "has failed before its start"),
            LinkState::Refused => (Symbol::Fail, "is refused by TALM"),
            LinkState::Disabled => (Symbol::Warn, "waits for enable: true"),
            LinkState::Cycle => (Symbol::Fail, "closes a cycle: none of them ever starts"),
            LinkState::Finished => (Symbol::Ok, "has finished"),
            LinkState::Running => (Symbol::Busy, "is running"),
            LinkState::Waiting => (Symbol::Busy, "has not started"),
            LinkState::Told => (Symbol::Skip, "see above"),
        };
        format!("{}{} {}   {what}", "  ".repeat(link.depth), sign(symbol), plain(&link.cgu.to_string()))
    };
    let head = (!graph.is_empty()).then(|| "waits for".to_owned());
    let more = graph.len().saturating_sub(MAX_ROWS);
    let more = (more > 0).then(|| format!("  +{more} more: -o json"));
    head.into_iter().chain(graph.iter().take(MAX_ROWS).map(line)).chain(more).collect()
}

/// What rollouts of the same policies took before.
fn before(report: &PlanReport<'_>) -> Option<String> {
    let all = earlier(report.hub, report.cgu, &report.plan.status.managed_policies_for_upgrade);
    let good: Vec<&Earlier> = all.iter().filter(|earlier| earlier.succeeded).collect();
    let (slow, middle) = (good.first()?, good.get(good.len() / 2)?);
    let of = |earlier: &Earlier| {
        format!("{} took {} a batch of {}", plain(&earlier.cgu.to_string()), span(earlier.batch_seconds), size(earlier))
    };
    Some(match good.len() {
        1 => format!("before: {} with these policies", of(slow)),
        count => format!(
            "before: {count} rollouts with these policies took {} a batch, the slowest {} ({})",
            span(middle.batch_seconds),
            span(slow.batch_seconds),
            plain(&slow.cgu.to_string())
        ),
    })
}

fn size(earlier: &Earlier) -> String {
    many(earlier.clusters.div_ceil(earlier.batches.max(1)), "cluster")
}

/// Whether the answer that we did not ask for was no when TALM asked.
fn was_refused_by_graph(report: &PlanReport<'_>) -> bool {
    let validated = report.cgu.status.condition("Validated");
    report.plan.unchecked_lookup.is_some()
        && validated.is_some_and(|c| c.is_false() && c.reason == "InvalidPlatformImage")
}

/// Whether the plan ends where it does only because the facts lack what it needs.
pub fn cannot_be_told(plan: &Plan, findings: &[Finding]) -> bool {
    let stops = matches!(plan.outcome, Outcome::ClustersNotSelected | Outcome::NotValid);
    stops && findings.iter().any(|finding| finding.id == "rollout/not-known")
}

fn verdict(report: &PlanReport<'_>) -> String {
    let plan = report.plan;
    let refusal = || {
        let condition = plan.status.conditions.iter().rev().find(|condition| condition.is_false());
        condition.map(|c| format!(": {}", plain(c.message.trim_end()))).unwrap_or_default()
    };
    let ends = plan.status.succeeded().map(|end| end.reason.as_str()).unwrap_or_default();
    let text = match plan.outcome {
        Outcome::Deleting => return "the CGU is being deleted; TALM does nothing more with it".to_owned(),
        Outcome::Ended => return format!("the CGU has ended with {ends}; TALM never looks at it again"),
        Outcome::Running => return "the CGU is running; its plan is frozen, and edits change nothing".to_owned(),
        _ if cannot_be_told(plan, report.findings) => "what TALM would do cannot be told from these facts".to_owned(),
        Outcome::ClustersNotSelected | Outcome::NotValid | Outcome::PrecacheSpecIncomplete => {
            format!("TALM would stop{}", refusal())
        }
        Outcome::PassFails => {
            let why = plan.failure.as_deref().unwrap_or_default();
            format!("TALM's pass fails, and is tried again for ever: {}", plain(why))
        }
        Outcome::Precaching => "TALM would pre-cache first".to_owned(),
        Outcome::PrecachingStuck => {
            "TALM would wait for ever: for pre-caching that was begun and is not run any more".to_owned()
        }
        Outcome::BackupStuck => {
            "TALM would wait for ever: for a backup that was begun and is not run any more".to_owned()
        }
        Outcome::PrecachingFailed => "pre-caching has failed on all clusters; nothing more will happen".to_owned(),
        Outcome::NotEnabled => "TALM would wait for enable: true".to_owned(),
        Outcome::Blocked => format!("TALM would wait{}", refusal()),
        Outcome::BackingUp => "TALM would back up first".to_owned(),
        Outcome::BackupFailed => "the backup has failed on all clusters; nothing more will happen".to_owned(),
        Outcome::NothingToDo => "there is nothing to do: the CGU would succeed at once".to_owned(),
        Outcome::TimesOut => "no time is left: the CGU would time out at once".to_owned(),
        Outcome::NoClustersLeft => "no cluster is left to remediate: the CGU would fail at once".to_owned(),
        Outcome::Starts if was_refused_by_graph(report) => {
            "TALM was refused by the update graph, and asks it again before it goes on".to_owned()
        }
        Outcome::Starts => "TALM would start batch 1 at once".to_owned(),
    };
    let unchecked = plan.unchecked_lookup.as_ref().filter(|_| !was_refused_by_graph(report));
    let unchecked = unchecked.map(|question| format!("; not checked here: {question}"));
    let errors = report.findings.iter().filter(|finding| finding.level == Level::Error).count();
    let errors = if errors > 0 { format!("   {}", many(errors, "error")) } else { String::new() };
    let anew = if report.anew { "a new CGU like this: " } else { "" };
    format!("{anew}{text}{}{errors}", unchecked.unwrap_or_default())
}
