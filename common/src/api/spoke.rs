//! The way to a managed cluster: its admin kubeconfig, kept in a Secret of the hub since its installation.

use base64::Engine as _;
use serde_json::Value;

use super::{ApiError, Connection, Server};
use crate::inventory::{Inventory, Query};
use crate::resource::Resource;
use crate::suggest::nearest;

/// The admin kubeconfig of a cluster, and where it was found.
pub struct AdminKubeconfig {
    /// The text; never to be logged.
    pub text: String,
    /// `secret sno1/sno1-admin-kubeconfig`.
    pub secret: String,
}

/// What the hub knows of the installation.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Deployment {
    /// It names this Secret.
    Names(String),
    /// It is there, and names no Secret.
    Silent,
    /// There is none.
    Missing,
    /// It may not be read.
    Forbidden,
}

impl Server {
    /// Reads the admin kubeconfig of a cluster of this hub. The ClusterDeployment names its Secret; without one the name
    /// that installations give it is tried.
    ///
    /// # Errors
    /// There is none, or the hub refuses to show it.
    pub fn admin_kubeconfig(&self, cluster: &str) -> Result<AdminKubeconfig, ApiError> {
        if cluster.is_empty() {
            return Err(ApiError::new("the name of the cluster is empty").fix("name a managed cluster of the hub"));
        }
        let deployment = match self.get(Resource::CLUSTER_DEPLOYMENT, cluster, cluster) {
            Ok(found) => deployment(found.as_ref()),
            Err(error) if error.is_forbidden() => Deployment::Forbidden,
            Err(error) => return Err(error),
        };
        let name = secret_name(&deployment, cluster);
        match self.get(Resource::SECRET, cluster, &name)? {
            Some(secret) => of_secret(&secret, format!("secret {cluster}/{name}")),
            None if deployment == Deployment::Missing => {
                Err(self.unknown(cluster).unwrap_or_else(|| missing(cluster, &deployment)))
            }
            None => Err(missing(cluster, &deployment)),
        }
    }

    /// The API of a cluster of this hub, as its admin.
    ///
    /// # Errors
    /// There is no kubeconfig, or it says not where the cluster is.
    pub fn spoke(&self, cluster: &str, connection: &Connection) -> Result<Self, ApiError> {
        let found = self.admin_kubeconfig(cluster)?;
        Self::from_kubeconfig(&found.text, &found.secret, connection)
    }

    /// The error of a name that no managed cluster has, as far as the hub tells.
    fn unknown(&self, cluster: &str) -> Option<ApiError> {
        if !matches!(self.get(Resource::MANAGED_CLUSTER, "", cluster), Ok(None)) {
            return None;
        }
        let mut names = Vec::new();
        let told = self.each(&Query::all(Resource::MANAGED_CLUSTER), &mut |object| {
            names.extend(object.pointer("/metadata/name").and_then(Value::as_str).map(str::to_owned));
        });
        told.ok()?;
        let error = ApiError::new(format!("the hub has no managed cluster {cluster:?}"));
        Some(match nearest(cluster, names.iter().map(String::as_str)) {
            Some(near) => error.fix(format!("did you mean {near}?")),
            None => error.fix("oc get managedclusters"),
        })
    }
}

fn deployment(found: Option<&Value>) -> Deployment {
    let Some(object) = found else { return Deployment::Missing };
    let name = object.pointer("/spec/clusterMetadata/adminKubeconfigSecretRef/name").and_then(Value::as_str);
    name.map_or(Deployment::Silent, |name| Deployment::Names(name.to_owned()))
}

fn secret_name(deployment: &Deployment, cluster: &str) -> String {
    match deployment {
        Deployment::Names(name) => name.clone(),
        _ => format!("{cluster}-admin-kubeconfig"),
    }
}

fn of_secret(secret: &Value, shown: String) -> Result<AdminKubeconfig, ApiError> {
    match ["kubeconfig", "raw-kubeconfig"].iter().find_map(|key| decoded(secret, key)) {
        Some(text) => Ok(AdminKubeconfig { text, secret: shown }),
        None => Err(ApiError::new(format!("{shown} holds no kubeconfig"))
            .because("its data has neither the key kubeconfig nor raw-kubeconfig")),
    }
}

fn decoded(secret: &Value, key: &str) -> Option<String> {
    let packed = secret["data"][key].as_str()?.trim();
    let bytes = base64::engine::general_purpose::STANDARD.decode(packed).ok()?;
    String::from_utf8(bytes).ok().filter(|text| !text.trim().is_empty())
}

fn missing(cluster: &str, deployment: &Deployment) -> ApiError {
    let name = secret_name(deployment, cluster);
    let why = match deployment {
        Deployment::Names(_) => "its ClusterDeployment names this secret",
        Deployment::Silent => "its ClusterDeployment names no secret yet: the installation is not that far",
        Deployment::Missing => "it has no ClusterDeployment: imported clusters keep their kubeconfig to themselves",
        Deployment::Forbidden => "its ClusterDeployment, which may name another, may not be read",
    };
    ApiError::new(format!("the hub has no admin kubeconfig of {cluster}: there is no secret {name} in its namespace"))
        .because(why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_cluster_deployment_names_the_secret() {
        let object = json!({"spec": {"clusterMetadata": {"adminKubeconfigSecretRef": {"name": "theirs"}}}});
        assert_eq!(secret_name(&deployment(Some(&object)), "sno1"), "theirs");
        for found in [Some(json!({"spec": {}})), None] {
            assert_eq!(secret_name(&deployment(found.as_ref()), "sno1"), "sno1-admin-kubeconfig");
        }
    }

    #[test]
    fn a_kubeconfig_is_taken_from_either_key_and_an_empty_one_is_none() {
        let of = |data: Value| of_secret(&json!({"data": data}), "secret a/b".to_owned());
        assert_eq!(
            of(json!({"kubeconfig": "", "raw-kubeconfig": "eDogMQ==\n"})).ok().map(|f| f.text).as_deref(),
            Some("x: 1")
        );
        for data in [json!({}), json!({"kubeconfig": "?"}), json!({"kubeconfig": "Cg=="}), Value::Null] {
            assert_eq!(of(data).err().map(|e| e.message).as_deref(), Some("secret a/b holds no kubeconfig"));
        }
    }

    #[test]
    fn why_there_is_none_is_told() {
        let why = |deployment| missing("sno1", &deployment).to_string();
        assert!(why(Deployment::Names("theirs".to_owned())).contains("no secret theirs in its namespace"));
        assert!(why(Deployment::Missing).contains("imported") && why(Deployment::Silent).contains("not that far"));
        assert!(why(Deployment::Forbidden).ends_with("may not be read"));
    }
}
