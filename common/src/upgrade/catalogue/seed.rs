//! Seed clusters and seed images.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        "ibu/seed-unreadable",
        "The labels of the seed image could not be read from its registry.",
        "Check image, tag, pull secret and the way to the registry.",
    ),
    Entry::new(
        "ibu/seed-format",
        "The agent understands one format of seed images, 4. An image without the label is no seed image.",
        "Make the image with a matching Lifecycle Agent.",
    ),
    Entry::new(
        "ibu/seed-proxy",
        "Seed and target must both have a proxy, or neither.",
        "Make a seed image on a cluster like the target.",
    ),
    Entry::new(
        "ibu/seed-proxy-ca",
        "Seed and target must name the same trustedCA ConfigMap in their Proxy, and it must not be empty.",
        "Use one name on both.",
    ),
    Entry::new(
        "ibu/seed-fips",
        "Seed and target must both have FIPS enabled, or neither.",
        "Make a seed image on a cluster like the target.",
    ),
    Entry::new(
        "ibu/seed-ca-bundle",
        "Seed and target must both have a filled user-ca-bundle in openshift-config, or neither.",
        "Make a seed image on a cluster like the target.",
    ),
    Entry::new(
        "ibu/seed-image-name",
        "The tag of a seed image is all that tells people what is in it.",
        "Name it <seed cluster>:<release>.",
    ),
    Entry::new(
        "ibu/seed-secret",
        "The Secret seedgen in the namespace of the Lifecycle Agent has a registry auth file under the key \
         seedAuth, with the right to push. A Secret of type kubernetes.io/dockerconfigjson does not work.",
        "Create it: oc create secret generic seedgen -n openshift-lifecycle-agent --from-file=seedAuth=FILE.",
    ),
    Entry::new(
        "ibu/seed-generator-failed",
        "A SeedGenerator that has failed does nothing more, and its spec cannot be changed.",
        "Remove the cause, delete it and create it again.",
    ),
    Entry::new(
        "ibu/seed-ostree",
        "The release lacks the command with which the agent chooses the deployment of the next boot.",
        "Make the seed image on a newer release.",
    ),
    Entry::new(
        "ibu/seed-container-storage",
        "The seed cluster must have /var/lib/containers on a partition of its own.",
        "Install it again with the partition: oc ibu partition.",
    ),
    Entry::new(
        "ibu/seed-attached",
        "A seed cluster must not be managed by a hub: what the hub has installed would be in the image.",
        "Delete its ManagedCluster on the hub, or take it out of the site configuration.",
    ),
    Entry::new(
        "ibu/seed-addons",
        "Optional add-ons of the hub have left their namespaces.",
        "Disable them on the hub before detaching the cluster.",
    ),
    Entry::new(
        "ibu/seed-dnsmasq",
        "Without the dnsmasq configuration of a single node the new release would not find itself.",
        "Install with the MachineConfig that sets it up.",
    ),
    Entry::new(
        "ibu/seed-pull-secret",
        "The pull secret is the placeholder of an earlier run that broke off.",
        "Restore pull-secret in openshift-config.",
    ),
    Entry::new(
        "ibu/seed-persistent-volumes",
        "Volumes of the seed cluster must not be in the image.",
        "Delete the PersistentVolumes.",
    ),
    Entry::new("ibu/seed-local-volumes", "LocalVolumes of the seed cluster must not be in the image.", "Delete them."),
    Entry::new("ibu/seed-lvm-clusters", "An LVMCluster of the seed cluster must not be in the image.", "Delete it."),
    Entry::new("ibu/seed-dpa", "A DataProtectionApplication must not be in the image; OADP itself must.", "Delete it."),
    Entry::new("ibu/seed-oadp-version", "The agent asks for OADP 1.3.1, the documentation for 1.4.1.", "Update OADP."),
    Entry::new("ibu/seed-lca-version", "The documentation asks for Lifecycle Agent 4.16.", "Update it."),
    Entry::new(
        "ibu/seed-hub",
        "A hub cannot be a seed cluster, which the agent does not check.",
        "Use a cluster without RHACM and multicluster engine.",
    ),
    Entry::new(
        "ibu/seed-unhealthy",
        "The agent waits, without a time limit, until the seed cluster is healthy.",
        "Repair what is named.",
    ),
];
