//! What a watch shows of a picture: a frame, or a line for each change; and the outcome when all have ended.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::ControlFlow;

use ztp_common::cli::{Failure, Outcome, Terminal};
use ztp_common::finding::Finding;
use ztp_common::rollout::status::{Chosen, StatusReport, assess, cluster_rows, narrow};

use super::{Ended, View, or_end};
use crate::away::moment;
use crate::changes::of_all;
use crate::frame::fitted;
use crate::look::Look;
use crate::status::{self, error_findings, findings_of, without_cgu};
use crate::status_list::{Room, Rows, state};
use crate::verdict::verdict;
use crate::{cluster_list, status_list, status_text};

impl View<'_> {
    pub(super) fn show(&mut self) -> ControlFlow<Ended> {
        let reports = self.reports();
        if let (Some(name), Some(namespace), true) = (&self.name, &self.namespace, reports.is_empty()) {
            let gone = format!("ClusterGroupUpgrade {namespace}/{name} was deleted while watched");
            return ControlFlow::Break(Err(Failure::new(gone)));
        }
        let have_ended = !reports.is_empty() && reports.iter().all(|report| report.state.is_final());
        if have_ended {
            // The hub has told the end, even if not all kinds answer again.
            or_end(self.back())?;
        }
        or_end(if self.screen.is_live() { self.draw(&reports) } else { self.tell(&reports) })?;
        if have_ended {
            or_end(self.tell_errors(&reports))?;
            return ControlFlow::Break(Ok(self.outcome(&reports)));
        }
        ControlFlow::Continue(())
    }

    /// The answer when all have ended, by the rule of a single look.
    fn outcome(&self, reports: &[StatusReport]) -> Outcome {
        let facts = &self.facts;
        let without = self.without_cgu();
        match (self.chosen(), reports) {
            (Some(chosen), _) => {
                let rows = cluster_rows(reports, chosen);
                let beside: Vec<Finding> =
                    without.into_iter().chain(status::whole_errors(facts, &rows, chosen)).collect();
                status::of_rows(&rows, chosen, &beside)
            }
            (None, [one]) if self.name.is_some() => verdict(one.is_dead_end(), &findings_of(facts, one)),
            (None, _) => status::of_all(facts, reports, &without),
        }
    }

    /// Off a terminal, the errors that the outcome is about beside the state. With clusters selected it is about these.
    fn tell_errors(&mut self, reports: &[StatusReport]) -> Result<(), Failure> {
        if self.screen.is_live() || self.selection.is_some() {
            return Ok(());
        }
        let (facts, is_one) = (&self.facts, self.name.is_some());
        let findings = |report: &StatusReport| match is_one {
            true => findings_of(facts, report),
            false => error_findings(facts, report),
        };
        let diagnose = |report: &StatusReport| {
            format!("oc talm diagnose {} -n {}{}", report.name, report.namespace, facts.argument())
        };
        let lines = self.told.errors(reports, &findings, &diagnose);
        lines.iter().try_for_each(|line| self.screen.line(self.facts.clock(), line))
    }

    /// Errors of clusters without a CGU, unless one CGU is followed.
    fn without_cgu(&self) -> Vec<Finding> {
        match self.name {
            Some(_) => Vec::new(),
            None => without_cgu(&self.facts, self.namespace.as_deref(), self.chosen()),
        }
    }

    fn chosen(&self) -> Option<&Chosen> {
        self.selection.as_ref().map(|selection| &selection.chosen)
    }

    pub(super) fn reports(&self) -> Vec<StatusReport> {
        let (hub, at) = (&self.facts.hub, self.facts.at());
        let (Some(name), Some(namespace)) = (&self.name, &self.namespace) else {
            return status::reports(&self.facts, self.namespace.as_deref(), self.chosen());
        };
        let mut report = hub.cgu(namespace, name).map(|cgu| assess(hub, cgu, at));
        if let (Some(report), Some(chosen)) = (&mut report, self.chosen()) {
            narrow(report, hub, chosen);
        }
        report.into_iter().collect()
    }

    /// What is wrong with a CGU, as far as it concerns the clusters asked about.
    fn findings(&self, report: &StatusReport) -> Vec<Finding> {
        let findings = findings_of(&self.facts, report);
        if let Some(chosen) = self.chosen() { chosen.findings(findings).0 } else { findings }
    }

    pub(super) fn state(&self) -> String {
        match self.reports().as_slice() {
            [one] => state(one),
            all => format!("{} of {} CGUs ended", all.iter().filter(|r| r.state.is_final()).count(), all.len()),
        }
    }

    /// Draws a frame.
    pub(super) fn draw(&mut self, reports: &[StatusReport]) -> Result<(), Failure> {
        let Some(size) = self.screen.size() else { return Ok(()) };
        let terminal = Terminal { width: Some(size.columns), ..self.terminal };
        let away = self.away.as_ref().map(|away| away.goes_on(self.end(), self.facts.clock()));
        self.facts.banner = away.into_iter().chain(self.whole(reports)).collect();
        let facts = &self.facts;
        let namespace = self.namespace.as_deref();
        let cgu = reports.first().filter(|_| self.name.is_some());
        let cgu = cgu.and_then(|report| facts.hub.cgu(&report.namespace, &report.name));
        let frame = |text: &dyn Fn(Room) -> String| fitted(size, self.wide, text);
        let frame = match (cgu, self.chosen()) {
            (Some(cgu), _) => {
                let look = Look::at(facts, cgu, self.selection.clone());
                frame(&|room| status_text::text(&look, &terminal, Rows::Frame(room), facts))
            }
            (None, Some(chosen)) => {
                let rows = cluster_rows(reports, chosen);
                let mut beside = without_cgu(facts, namespace, Some(chosen));
                beside.extend(status::whole_errors(facts, &rows, chosen));
                frame(&|room| {
                    cluster_list::text(&rows, chosen, namespace, &beside, &terminal, Rows::Frame(room), facts)
                })
            }
            (None, None) => {
                let causes = RefCell::new(HashMap::new());
                let first_cause = |report: &StatusReport| -> Option<Finding> {
                    let key = (report.namespace.clone(), report.name.clone());
                    let mut causes = causes.borrow_mut();
                    causes.entry(key).or_insert_with(|| findings_of(facts, report).into_iter().next()).clone()
                };
                let without = without_cgu(facts, namespace, None);
                frame(&|room| status_list::text(reports, &first_cause, &without, &terminal, Rows::Frame(room), facts))
            }
        };
        self.screen.frame(&frame)
    }

    /// One line for each change since the last look.
    fn tell(&mut self, reports: &[StatusReport]) -> Result<(), Failure> {
        let mut told = std::mem::take(&mut self.told);
        let facts = &self.facts;
        let without = self.without_cgu();
        let whole = self.whole(reports);
        let again = self.selection.as_ref().map_or("", |selection| selection.again.as_str());
        let diagnose = |report: &StatusReport| {
            format!("oc talm diagnose {} -n {}{again}{}", report.name, report.namespace, facts.argument())
        };
        let is_there = |namespace: &str, name: &str| facts.hub.cgu(namespace, name).is_some();
        let findings = |report: &StatusReport| self.findings(report);
        let lines = told.lines(reports, &findings, &without, whole.as_slice(), &is_there, &diagnose);
        self.told = told;
        lines.iter().try_for_each(|line| self.screen.line(self.facts.clock(), line))
    }

    /// What holds for all that is followed.
    fn whole(&self, reports: &[StatusReport]) -> Option<String> {
        let until = moment(self.end(), self.facts.clock());
        let with = self.chosen().map_or("", |_| " with these clusters");
        let place = self.namespace.as_ref().map(|namespace| format!(" in namespace {namespace:?}"));
        of_all(reports, self.name.is_some(), &format!("{with}{}", place.unwrap_or_default()), &until)
    }
}
