//! What a rehearsal believes about policies: how long they take, how often they fail. Written and read as YAML.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::distribution::{Spread, duration, span_text};
use crate::yaml;

const API_VERSION: &str = "ztp-plugins/v1alpha1";
const KIND: &str = "RehearsalModel";

/// What is believed of one policy; what is not given comes from elsewhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyModel {
    /// From its enforcement on a cluster until the hub sees it compliant.
    pub time: Option<Spread>,
    /// The share of clusters that never become compliant, from 0 to 1.
    pub failure: Option<f64>,
}

/// What is believed of all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// For policies that say nothing of their own.
    pub any: PolicyModel,
    /// By the name of the policy, or of the ManifestWork template.
    pub policies: BTreeMap<String, PolicyModel>,
    /// How long the CGUs that block this one still take, after it is enabled.
    pub blocked: Option<Spread>,
}

/// Which of several models answered for a policy; `None` when none did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// How long it takes.
    pub time: Option<usize>,
    /// How often it fails.
    pub failure: Option<usize>,
}

/// Why a model cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// It is no YAML, or more than one document.
    #[error("{0}")]
    Yaml(String),
    /// It is no model.
    #[error("it has kind {0:?}, and a model has kind \"RehearsalModel\"")]
    Kind(String),
    /// A field says something that cannot be.
    #[error("{field}: {reason}")]
    Field {
        /// Where in the file.
        field: String,
        /// Why.
        reason: String,
    },
}

#[derive(Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields, expecting = "a map")]
struct File {
    api_version: String,
    kind: String,
    #[serde(skip_serializing_if = "Entry::is_empty")]
    default: Entry,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    policies: BTreeMap<String, Entry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    blocked: Option<Times>,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, expecting = "a map with duration and failure")]
struct Entry {
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<Times>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, expecting = "a map with p50 and p95, or with samples")]
struct Times {
    #[serde(skip_serializing_if = "Option::is_none")]
    p50: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p95: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    samples: Vec<String>,
}

impl Entry {
    fn is_empty(&self) -> bool {
        self.duration.is_none() && self.failure.is_none()
    }

    fn read(&self, field: &str) -> Result<PolicyModel, ModelError> {
        let time = self.duration.as_ref().map(|times| times.read(&format!("{field}.duration"))).transpose()?;
        let failure = self.failure.as_deref().map(share).transpose();
        let failure = failure.map_err(|reason| ModelError::Field { field: format!("{field}.failure"), reason })?;
        Ok(PolicyModel { time, failure })
    }

    fn of(model: &PolicyModel) -> Self {
        Self { duration: model.time.as_ref().map(Times::of), failure: model.failure.map(share_text) }
    }
}

impl Times {
    fn read(&self, field: &str) -> Result<Spread, ModelError> {
        let spread = match (&self.p50, self.samples.is_empty()) {
            (Some(_), false) => Err("give p50 and p95, or samples, and not both".to_owned()),
            (None, true) => Err("give p50 and p95, or samples".to_owned()),
            (Some(p50), true) => duration(p50).and_then(|p50| {
                let p95 = self.p95.as_deref().map(duration).transpose()?;
                Spread::new(p50, p95)
            }),
            (None, false) => {
                let times = self.samples.iter().map(|text| duration(text).map(|time| time.as_secs_f64()));
                times.collect::<Result<Vec<_>, _>>().and_then(Spread::seen)
            }
        };
        spread.map_err(|reason| ModelError::Field { field: field.to_owned(), reason })
    }

    fn of(spread: &Spread) -> Self {
        let text = |seconds: f64| span_text(SignedDuration::from_millis((seconds * 1000.0).round() as i64));
        match spread {
            Spread::Fixed(time) => Self { p50: Some(text(*time)), ..Self::default() },
            Spread::LogNormal { p50, p95 } => Self { p50: Some(text(*p50)), p95: Some(text(*p95)), ..Self::default() },
            Spread::Seen(times) => Self { samples: times.iter().copied().map(text).collect(), ..Self::default() },
        }
    }
}

impl Model {
    /// Reads a model from YAML.
    ///
    /// # Errors
    /// It is no YAML, or no model.
    pub fn read(name: &str, text: &str) -> Result<Self, ModelError> {
        let source = yaml::Source::from_text(name, text);
        let mut documents = yaml::hub_documents(&source);
        let wrong = |error: yaml::Error| ModelError::Yaml(error.to_string());
        let first = documents.next().ok_or_else(|| ModelError::Yaml("it is empty".to_owned()))?.map_err(wrong)?;
        if documents.next().is_some() {
            return Err(ModelError::Yaml("it has more than one document".to_owned()));
        }
        let json = first.root().map(yaml::NodeRef::to_json).transpose().map_err(wrong)?.unwrap_or_default();
        let file: File = serde_json::from_value(json).map_err(|error| ModelError::Yaml(error.to_string()))?;
        if file.kind != KIND || file.api_version != API_VERSION {
            let is = if file.kind == KIND { file.api_version } else { file.kind };
            return Err(ModelError::Kind(is));
        }
        let policies = file.policies.iter().map(|(name, entry)| {
            let model = entry.read(&format!("policies.{name}"))?;
            Ok((name.clone(), model))
        });
        Ok(Self {
            any: file.default.read("default")?,
            policies: policies.collect::<Result<_, ModelError>>()?,
            blocked: file.blocked.map(|times| times.read("blocked")).transpose()?,
        })
    }

    /// The model as a value of the file's shape, for output as YAML or JSON.
    pub fn to_json(&self) -> serde_json::Value {
        let file = File {
            api_version: API_VERSION.to_owned(),
            kind: KIND.to_owned(),
            default: Entry::of(&self.any),
            policies: self.policies.iter().map(|(name, model)| (name.clone(), Entry::of(model))).collect(),
            blocked: self.blocked.as_ref().map(Times::of),
        };
        serde_json::to_value(file).unwrap_or_default()
    }

    /// One model for these policies from several, the first of which says the most: for each policy and question the
    /// first that answers counts. Also tells which one that was.
    pub fn layered(policies: &[String], layers: &[&Self]) -> (Self, Vec<Origin>) {
        let first = |says: &dyn Fn(&Self) -> bool| layers.iter().position(|layer| says(layer));
        let mut model = Self { blocked: layers.iter().find_map(|layer| layer.blocked.clone()), ..Self::default() };
        let mut origins = Vec::with_capacity(policies.len());
        for name in policies {
            let time = first(&|layer| layer.time_of(name).is_some());
            let failure = first(&|layer| layer.failure_given(name).is_some());
            let own = PolicyModel {
                time: time.and_then(|at| layers.get(at)?.time_of(name).cloned()),
                failure: failure.and_then(|at| layers.get(at)?.failure_given(name)),
            };
            model.policies.insert(name.clone(), own);
            origins.push(Origin { time, failure });
        }
        (model, origins)
    }

    /// How long a policy takes, when anything is believed of it.
    pub fn time_of(&self, policy: &str) -> Option<&Spread> {
        self.policies.get(policy).and_then(|model| model.time.as_ref()).or(self.any.time.as_ref())
    }

    /// The share of clusters that a policy fails on.
    pub fn failure_of(&self, policy: &str) -> f64 {
        self.failure_given(policy).unwrap_or(0.0)
    }

    fn failure_given(&self, policy: &str) -> Option<f64> {
        self.policies.get(policy).and_then(|model| model.failure).or(self.any.failure)
    }
}

/// Reads `2%` as 0.02.
///
/// # Errors
/// It is no share, as a sentence.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let wrong = || format!("{text:?} is no share like 2% or 0.5%");
    let percent: f64 = text.trim().strip_suffix('%').ok_or_else(wrong)?.trim_end().parse().map_err(|_| wrong())?;
    if (0.0..=100.0).contains(&percent) { Ok(percent / 100.0) } else { Err(wrong()) }
}

fn share_text(share: f64) -> String {
    let text = format!("{:.3}", share * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

impl PolicyModel {
    /// Reads a failure rate such as `2%`.
    ///
    /// # Errors
    /// It is none, as a sentence.
    pub fn parse_failure(text: &str) -> Result<f64, String> {
        share(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "apiVersion: ztp-plugins/v1alpha1\nkind: RehearsalModel\ndefault: {failure: 0.5%}\npolicies:\n  \
        base: {duration: {p50: 30m, p95: 50m}, failure: 2%}\n  extra: {duration: {samples: [3m, 1m]}}\nblocked: {p50: 10m}\n";

    #[test]
    fn a_model_is_read_and_written_and_read_again() {
        let model = Model::read("m", TEXT).unwrap();
        assert_eq!(model.time_of("extra"), Some(&Spread::Seen(vec![60.0, 180.0])));
        assert_eq!((model.failure_of("base"), model.failure_of("extra")), (0.02, 0.005));
        assert_eq!(model.time_of("other"), None);
        assert_eq!(Model::read("m", &model.to_json().to_string()).unwrap(), model);
    }

    #[test]
    fn what_is_wrong_names_its_place() {
        let error = |from: &str, to: &str| Model::read("m", &TEXT.replace(from, to)).unwrap_err().to_string();
        assert!(error("p95: 50m", "p95: 5m").starts_with("policies.base.duration: 19 of 20"));
        assert!(error("0.5%", "\"2\"").starts_with("default.failure: \"2\" is no share"));
        assert!(error("RehearsalModel", "Model").contains("it has kind \"Model\""));
        assert!(error("p50: 30m", "p5: 30m").contains("p5"));
        assert!(error("kind:", "---\nkind:").contains("more than one document"));
    }

    #[test]
    fn what_is_nearer_wins() {
        let flags = Model { any: PolicyModel { time: Some(Spread::Fixed(1.0)), failure: None }, ..Model::default() };
        let names = ["base".to_owned(), "other".to_owned()];
        let (both, origins) = Model::layered(&names, &[&flags, &Model::read("m", TEXT).unwrap()]);
        assert_eq!(both.time_of("base"), Some(&Spread::Fixed(1.0)), "a flag for all goes before a file");
        assert_eq!(origins, [Origin { time: Some(0), failure: Some(1) }; 2]);
        assert_eq!(both.failure_of("other"), 0.005);
    }
}
