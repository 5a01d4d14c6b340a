//! Which policies reach which clusters, and by which label: what `oc ztp placement` shows.

use crate::generate::Object;
use crate::lint::fleet::{Fleet, wave};
use crate::lint::repository::Repository;

/// The placement of a whole repository.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// All clusters, in the order of their files.
    pub clusters: Vec<String>,
    /// The policies of each PolicyGenTemplate, in the order of the files.
    pub sets: Vec<PolicySet>,
}

/// The policies of one PolicyGenTemplate, which share their placement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicySet {
    /// The PolicyGenTemplate.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// The policies with their deploy waves ("" without one).
    pub policies: Vec<(String, String)>,
    /// The labels it asks for and, with a `!` before, those it excludes.
    pub rules: Vec<String>,
    /// Indices into [`Matrix::clusters`].
    pub reach: Vec<usize>,
    /// For one cluster that was asked for: the rules that it does not fulfil.
    pub against: Vec<String>,
}

/// Why a cluster is not known.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Reason {
    /// There is none of that name.
    #[error("no SiteConfig describes the cluster {0:?}")]
    Unknown(String),
}

impl Matrix {
    /// The placement of all clusters, or of one.
    ///
    /// # Errors
    /// The cluster is not in the repository.
    pub fn new(repository: &Repository<'_>, cluster: Option<&str>) -> Result<Self, Reason> {
        let fleet = Fleet::new(repository);
        let chosen = match cluster {
            None => None,
            Some(name) => Some(
                fleet.clusters.iter().find(|cluster| cluster.name == name).ok_or(Reason::Unknown(name.to_owned()))?,
            ),
        };
        let sets = fleet.templates.iter().map(|template| {
            let rule = |rule: &crate::lint::fleet::BindingRule<'_>| {
                format!("{}{}", if rule.asks { "" } else { "!" }, rule.shown())
            };
            let against = template.rules.iter().filter(|rule| chosen.is_some_and(|cluster| !rule.holds(cluster)));
            PolicySet {
                name: template.name.to_owned(),
                namespace: template.namespace.to_owned(),
                policies: template.policies.iter().map(|policy| named(policy)).collect(),
                against: against.map(rule).collect(),
                rules: template.rules.iter().map(rule).collect(),
                reach: template.reach.clone(),
            }
        });
        let sets = sets.collect();
        Ok(Self { clusters: fleet.clusters.iter().map(|cluster| cluster.name.to_owned()).collect(), sets })
    }

    /// The clusters that no policy reaches.
    pub fn unreached(&self) -> Vec<&str> {
        let mut unreached = vec![true; self.clusters.len()];
        for i in self.sets.iter().flat_map(|set| &set.reach) {
            if let Some(unreached) = unreached.get_mut(*i) {
                *unreached = false;
            }
        }
        self.clusters.iter().zip(unreached).filter(|(_, unreached)| *unreached).map(|(name, _)| name.as_str()).collect()
    }
}

fn named(policy: &Object) -> (String, String) {
    (policy.name().to_owned(), wave(policy).unwrap_or_default().to_owned())
}
