//! What a run made: a row for each generator file, and one line for all of them.

use std::collections::BTreeSet;

use ztp_common::cli::{Outcome, Table, Terminal, count, tally};
use ztp_common::generate::run::InputKind;
use ztp_common::generate::{Generated, Object};
use ztp_common::yaml::{Value, natural};

/// More rows than this are cut to those that need attention.
const MAX_ROWS: usize = 20;

const WAVE: &str = "ran.openshift.io/ztp-deploy-wave";

/// What one generator file gave.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The file as the user named it.
    pub generator: String,
    kind: &'static str,
    policies: usize,
    placements: usize,
    bindings: usize,
    crs: usize,
    waves: BTreeSet<String>,
    namespaces: BTreeSet<String>,
    /// Whether there was an error.
    pub failed: bool,
    /// Files that were not there.
    pub new: usize,
    /// Files with other content.
    pub changed: usize,
    /// Files with the same content.
    pub same: usize,
}

impl Row {
    /// Counts what a file gave.
    pub fn of(generator: String, input: Option<InputKind>, generated: &Generated) -> Self {
        let mut row = Self { generator, kind: input.map_or("-", InputKind::name), ..Self::default() };
        generated.objects.iter().for_each(|object| row.object(object));
        row
    }

    fn object(&mut self, object: &Object) {
        if !object.namespace().is_empty() {
            self.namespaces.insert(object.namespace().to_owned());
        }
        match object.kind() {
            "Policy" if object.api_version().starts_with("policy.open-cluster-management.io/") => self.policy(object),
            "PlacementRule" | "Placement" => self.placements += 1,
            "PlacementBinding" => self.bindings += 1,
            _ => self.crs += 1,
        }
    }

    fn policy(&mut self, object: &Object) {
        self.policies += 1;
        self.waves
            .extend(object.value.at(&["metadata", "annotations", WAVE]).and_then(Value::as_str).map(str::to_owned));
        let templates = object.value.at(&["spec", "policy-templates"]).and_then(Value::as_seq).unwrap_or_default();
        let wrapped = |template: &Value| {
            template.at(&["objectDefinition", "spec", "object-templates"]).and_then(Value::as_seq).map_or(0, <[_]>::len)
        };
        self.crs += templates.iter().map(wrapped).sum::<usize>();
    }

    /// Worst first.
    fn rank(&self) -> u8 {
        match self {
            row if row.failed => 0,
            row if row.changed > 0 => 1,
            row if row.new > 0 => 2,
            _ => 3,
        }
    }

    fn result(&self, terminal: &Terminal) -> String {
        if self.failed {
            return terminal.err.error("failed");
        }
        match (self.new, self.changed, self.same) {
            (0, 0, 0) => "empty".into(),
            (0, 0, _) => "same".into(),
            (_, 0, 0) => terminal.err.good("new"),
            (new, 0, _) => terminal.err.good(&format!("{new} new")),
            (0, changed, _) => terminal.err.warning(&format!("{changed} changed")),
            (new, changed, _) => terminal.err.warning(&format!("{new} new, {changed} changed")),
        }
    }

    fn cells(&self, terminal: &Terminal) -> Vec<String> {
        let mut waves: Vec<Value> = self.waves.iter().map(|wave| Value::from(wave.as_str())).collect();
        waves.sort_by(natural);
        let waves: Vec<&str> = waves.iter().filter_map(Value::as_str).collect();
        let namespaces = match self.namespaces.len() {
            0 | 1 => self.namespaces.iter().next().cloned().unwrap_or_default(),
            many => format!("{many} namespaces"),
        };
        vec![
            self.generator.clone(),
            self.kind.to_owned(),
            self.policies.to_string(),
            self.crs.to_string(),
            waves.join(" "),
            namespaces,
            self.result(terminal),
        ]
    }
}

/// All rows, and how many findings there were.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    rows: Vec<Row>,
    /// Error-level findings.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Whether an input could not be read at all.
    pub unreadable: bool,
}

impl Summary {
    /// Adds a file's row; a skipped file has none.
    pub fn add(&mut self, row: Row, skipped: bool) {
        if !skipped {
            self.rows.push(row);
        }
    }

    /// Whether no generator file was found.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether writing the good files would leave half a set: policies belong together, while a site stands for itself,
    /// and the upstream generator goes on after one that fails, too.
    pub fn set_is_broken(&self) -> bool {
        let sites_only = self.rows.iter().all(|row| !row.failed || row.kind == InputKind::SiteConfig.name());
        self.errors > 0 && !(sites_only && self.rows.iter().any(|row| !row.failed))
    }

    /// How the run ended.
    pub fn outcome(&self) -> Outcome {
        match (self.unreadable, self.errors) {
            (true, _) => Outcome::Failed,
            (false, 0) => Outcome::Done,
            (false, _) => Outcome::No,
        }
    }

    /// "6 policies, 4 placements, 4 bindings, 62 CRs".
    pub fn objects(&self) -> String {
        let sum = |of: fn(&Row) -> usize| self.rows.iter().map(of).sum::<usize>();
        [
            count(sum(|r| r.policies), "policy"),
            count(sum(|r| r.placements), "placement"),
            count(sum(|r| r.bindings), "binding"),
            count(sum(|r| r.crs), "CR"),
        ]
        .join(", ")
    }

    /// The last line of a run that wrote a stream.
    pub fn verdict(&self) -> String {
        format!("{}, {}: {}", count(self.rows.len(), "file"), self.objects(), tally(self.errors, self.warnings))
    }

    /// The rows as a table; of many only those that need attention.
    pub fn table(&self, terminal: &Terminal) -> String {
        let mut table = Table::new(&["GENERATOR", "KIND", "POLICIES", "CRS", "WAVES", "NAMESPACE", "RESULT"]);
        let mut rows: Vec<&Row> = self.rows.iter().collect();
        let cut = rows.len() > MAX_ROWS && terminal.verbose == 0;
        if cut {
            rows.sort_by_key(|row| row.rank());
        }
        rows.iter().take(if cut { MAX_ROWS } else { usize::MAX }).for_each(|row| table.row(row.cells(terminal)));
        if table.is_empty() {
            return String::new();
        }
        let more = if cut { format!("+{} more: -v shows all\n", rows.len() - MAX_ROWS) } else { String::new() };
        table.text(terminal.headers) + &more
    }
}
