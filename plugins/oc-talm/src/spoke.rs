//! The way to a managed cluster: its admin kubeconfig, kept in a Secret of the hub since its installation.

use serde_json::Value;
use ztp_common::api::{Connection, Server};
use ztp_common::cli::Failure;
use ztp_common::resource::Resource;

/// The admin kubeconfig of a cluster, and where it was found.
pub struct AdminKubeconfig {
    /// The text; never to be logged.
    pub text: String,
    /// `secret sno1/sno1-admin-kubeconfig`.
    pub secret: String,
}

/// Reads it. The ClusterDeployment names its Secret; without one the name that installations give it is tried.
///
/// # Errors
/// There is none, or the hub refuses to show it.
pub fn admin_kubeconfig(hub: &Server, cluster: &str) -> Result<AdminKubeconfig, Failure> {
    let deployment = hub.get(Resource::CLUSTER_DEPLOYMENT, cluster, cluster)?;
    let named = deployment.as_ref().and_then(|object| {
        object["spec"]["clusterMetadata"]["adminKubeconfigSecretRef"]["name"].as_str().map(str::to_owned)
    });
    let name = named.clone().unwrap_or_else(|| format!("{cluster}-admin-kubeconfig"));
    let Some(secret) = hub.get(Resource::SECRET, cluster, &name)? else {
        return Err(missing(cluster, &name, named.is_some(), deployment.is_some()));
    };
    let text = ["kubeconfig", "raw-kubeconfig"].iter().find_map(|key| decoded(&secret, key));
    let shown = format!("secret {cluster}/{name}");
    match text {
        Some(text) => Ok(AdminKubeconfig { text, secret: shown }),
        None => Err(Failure::new(format!("{shown} holds no kubeconfig"))
            .because("its data has neither the key kubeconfig nor raw-kubeconfig")),
    }
}

fn missing(cluster: &str, name: &str, is_named: bool, is_deployed: bool) -> Failure {
    let failure = Failure::new(format!(
        "the hub has no admin kubeconfig of {cluster}: there is no secret {name} in its namespace"
    ));
    match (is_named, is_deployed) {
        (true, _) => failure.because("its ClusterDeployment names this secret"),
        (false, true) => failure.because("its ClusterDeployment names no secret yet: the installation is not that far"),
        (false, false) => {
            failure.because("it has no ClusterDeployment: imported clusters keep their kubeconfig to themselves")
        }
    }
}

fn decoded(secret: &Value, key: &str) -> Option<String> {
    let bytes = ztp_common::cli::kubeconfig::from_base64(secret["data"][key].as_str()?)?;
    String::from_utf8(bytes).ok().filter(|text| !text.trim().is_empty())
}

/// The API of a managed cluster, as its admin.
///
/// # Errors
/// There is no kubeconfig, or it says not where the cluster is.
pub fn connect(hub: &Server, cluster: &str, connection: &Connection) -> Result<Server, Failure> {
    let kubeconfig = admin_kubeconfig(hub, cluster)?;
    Ok(Server::from_kubeconfig(&kubeconfig.text, &kubeconfig.secret, connection)?)
}
