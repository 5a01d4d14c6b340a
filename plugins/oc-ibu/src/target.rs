//! Which cluster is meant: the one of the context itself, or one that the hub of the context manages.

use serde_json::Value;
use ztp_common::api::{ApiError, Connection, Server};
use ztp_common::cli::Failure;
use ztp_common::resource::Resource;
use ztp_common::upgrade::kinds;
use ztp_common::upgrade::object::NAME;

/// One live cluster.
pub struct Target {
    /// The cluster.
    pub server: Server,
    /// What it is called; `None` when nothing tells.
    pub name: Option<String>,
    /// The hub that the way led through.
    pub hub: Option<Server>,
}

impl Target {
    /// Finds a cluster by name, or the one of the context.
    ///
    /// # Errors
    /// The context leads to neither a hub nor a cluster with the Lifecycle Agent, or the hub has no way to the cluster.
    pub fn find(connection: &Connection, name: Option<&str>) -> Result<Self, Failure> {
        let server = Server::connect(connection)?;
        let own = own_name(&server)?;
        match name {
            Some(name) if own.as_deref() == Some(name) && has_agent(&server)? => Ok(Self::itself(server, own)),
            Some(name) if is_hub(&server)? => Self::through(server, name, connection),
            Some(name) => Err(no_hub(&server, name, own.as_deref())),
            None if is_upgraded_here(&server)? => Ok(Self::itself(server, own)),
            None if is_hub(&server)? => Err(Failure::new(format!("{} is a hub: no cluster is named", shown(&server)))
                .fix("put the name of a managed cluster behind the command, or choose the cluster with --context")),
            None => Err(Failure::new(format!("{} has no Lifecycle Agent, and is no hub", shown(&server)))
                .because("it serves neither ImageBasedUpgrade nor ManagedCluster")
                .fix("choose the cluster or its hub with --context, or install the agent: oc ibu operators")),
        }
    }

    /// Finds the cluster of the context even while it is away.
    ///
    /// # Errors
    /// As [`Target::find`], when it answers.
    pub fn find_patiently(connection: &Connection) -> Result<Self, Failure> {
        let server = Server::connect(connection)?;
        match own_name(&server) {
            Err(error) if error.is_away() => Ok(Self::itself(server, None)),
            _ => Self::find(connection, None),
        }
    }

    fn itself(server: Server, name: Option<String>) -> Self {
        Self { server, name, hub: None }
    }

    fn through(hub: Server, name: &str, connection: &Connection) -> Result<Self, Failure> {
        match hub.spoke(name, connection) {
            Ok(server) => Ok(Self { server, name: Some(name.to_owned()), hub: Some(hub) }),
            Err(error) if error.fix.is_some() => Err(error.into()),
            Err(error) => Err(error.fix(format!("log in to {name} itself, and leave its name out")).into()),
        }
    }

    /// The name in reports.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or("this cluster")
    }

    /// The way to it, in words.
    pub fn way(&self) -> String {
        match &self.hub {
            Some(hub) => format!("{} at {}, through hub {}", self.title(), self.server.host(), shown(hub)),
            None => format!("{} at {}, the cluster of {}", self.title(), self.server.host(), shown(&self.server)),
        }
    }

    /// The name for commands: none when the context is the cluster itself.
    pub fn argument(&self) -> Option<&str> {
        self.name.as_deref().filter(|_| self.hub.is_some())
    }

    /// The cluster as the hub knows it.
    ///
    /// # Errors
    /// The hub cannot answer.
    pub fn managed(&self) -> Result<Option<Value>, ApiError> {
        let Some((hub, name)) = self.hub.as_ref().zip(self.name.as_ref()) else { return Ok(None) };
        hub.get(Resource::MANAGED_CLUSTER, "", name)
    }
}

fn shown(server: &Server) -> String {
    server.context().map_or_else(|| server.host().to_owned(), |context| format!("context \"{context}\""))
}

fn has_agent(server: &Server) -> Result<bool, ApiError> {
    server.serves(kinds::IBU)
}

/// A hub may have the kind without being upgraded by it.
fn is_upgraded_here(server: &Server) -> Result<bool, ApiError> {
    Ok(has_agent(server)? && (server.get(kinds::IBU, "", NAME)?.is_some() || !is_hub(server)?))
}

/// Nothing, where the context is a hub.
///
/// # Errors
/// It is none, or cannot answer.
pub fn require_hub(server: &Server) -> Result<(), Failure> {
    if is_hub(server)? {
        return Ok(());
    }
    Err(Failure::new(format!("{} is not a hub: it has no ManagedCluster API", shown(server)))
        .because("labels of clusters are known to their hub")
        .fix("choose the hub with --context"))
}

fn is_hub(server: &Server) -> Result<bool, ApiError> {
    server.serves(Resource::MANAGED_CLUSTER)
}

/// From the address of its API, as long as it may be read.
fn own_name(server: &Server) -> Result<Option<String>, ApiError> {
    match server.get(kinds::INFRASTRUCTURE, "", "cluster") {
        Ok(found) => Ok(found.as_ref().and_then(name_of)),
        Err(error) if error.is_forbidden() => Ok(None),
        Err(error) => Err(error),
    }
}

/// From `https://api.NAME.example.com:6443`.
pub fn name_of(infrastructure: &Value) -> Option<String> {
    let url = infrastructure.pointer("/status/apiServerURL")?.as_str()?;
    let name = url.strip_prefix("https://api.")?.split('.').next()?;
    (!name.is_empty()).then(|| name.to_owned())
}

fn no_hub(server: &Server, name: &str, own: Option<&str>) -> Failure {
    let failure = Failure::new(format!("{} is not a hub: it has no ManagedCluster API", shown(server)));
    match own {
        Some(own) if own != name => failure
            .because(format!("it is cluster \"{own}\""))
            .fix(format!("leave the name out for \"{own}\", or choose the hub of \"{name}\" with --context")),
        Some(own) => Failure::new(format!("\"{own}\" has no Lifecycle Agent"))
            .because(format!("{} is that cluster itself, and does not serve ImageBasedUpgrade", shown(server)))
            .fix("install the agent: oc ibu operators"),
        None => failure.fix(format!("choose the hub of \"{name}\" with --context")),
    }
}
