//! What a validation wants to know about a hub: which releases it can install.

use std::collections::BTreeSet;
use std::path::Path;

use ztp_common::api::{Connection, Server};
use ztp_common::cli::Failure;
use ztp_common::inventory::{Inventory, InventoryError, Limits, Query, Recorded};
use ztp_common::resource::Resource;

/// The names of the ClusterImageSets of a recorded hub; `None` and a note when it was recorded without any, so that
/// nothing can be said.
///
/// # Errors
/// The recording cannot be read, or holds no object.
pub fn recorded_image_sets(path: &Path) -> Result<Option<BTreeSet<String>>, Failure> {
    let hub = Recorded::open(path, &Limits::default()).map_err(|error| failure(&error))?;
    let mut names = BTreeSet::new();
    hub.each(&Query::all(Resource::CLUSTER_IMAGE_SET), &mut |object| {
        names.extend(object["metadata"]["name"].as_str().map(str::to_owned));
    })
    .map_err(|error| failure(&error))?;
    if names.is_empty() {
        eprintln!("note: {} has no ClusterImageSet, so clusterImageSetNameRef was not checked", hub.describe());
        return Ok(None);
    }
    Ok(Some(names))
}

/// The same of a live hub, which may have none.
///
/// # Errors
/// The hub cannot be asked, or cannot install clusters.
pub fn live_image_sets(connection: &Connection) -> Result<Option<BTreeSet<String>>, Failure> {
    let server = Server::connect(connection)?;
    if !server.serves(Resource::CLUSTER_IMAGE_SET)? {
        return Err(Failure::new(format!("{} is not a hub that installs clusters", server.describe()))
            .because("it has no ClusterImageSet API")
            .fix("choose the hub with --context"));
    }
    let found = server.names(&Query::all(Resource::CLUSTER_IMAGE_SET))?;
    Ok(Some(found.into_iter().map(|set| set.name).collect()))
}

fn failure(error: &InventoryError) -> Failure {
    let failure = Failure::new(&error.message);
    let failure = match &error.source {
        Some(reason) => failure.because(reason),
        None => failure,
    };
    failure.fix("record the hub with: oc get clusterimagesets -o yaml > hub.yaml")
}
