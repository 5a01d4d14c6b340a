//! The repository without mistakes, and the mistakes.

pub const FILES: &[(&str, &str)] = &[
    ("sites/kustomization.yaml", "generators:\n  - sno.yaml\n  - mno.yaml\n"),
    ("sites/extra-manifest/a.yaml", "kind: ConfigMap\nmetadata:\n  name: a\n"),
    ("sites/sno.yaml", SNO),
    ("sites/mno.yaml", MNO),
    ("policies/kustomization.yaml", "generators:\n  - common.yaml\nresources:\n  - namespace.yaml\n"),
    ("policies/namespace.yaml", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ztp-common\n"),
    ("policies/common.yaml", COMMON),
    ("policies/source-crs/Sub.yaml", SUB),
    ("policies/source-crs/Tuned.yaml", TUNED),
];

pub const SNO: &str = "\
apiVersion: ran.openshift.io/v1
kind: SiteConfig
metadata:
  name: pier
  namespace: pier
spec:
  baseDomain: example.com
  clusterImageSetNameRef: img4.20.1
  clusters:
    - clusterName: pier
      networkType: OVNKubernetes
      installConfigOverrides: '{\"capabilities\":{\"baselineCapabilitySet\":\"None\"}}'
      clusterLabels:
        common: \"true\"
      clusterNetwork:
        - cidr: 10.128.0.0/14
          hostPrefix: 23
      machineNetwork:
        - cidr: 192.0.2.0/24
      serviceNetwork:
        - 172.30.0.0/16
      nodes:
        - hostName: pier.example.com
          role: master
          bmcAddress: redfish-virtualmedia://192.0.2.9/redfish/v1/Systems/1
          bootMACAddress: \"02:00:00:00:00:01\"
          bootMode: UEFI
          ignitionConfigOverride: '{}'
          nodeNetwork:
            interfaces:
              - name: eno1
                macAddress: \"02:00:00:00:00:01\"
            config:
              interfaces:
                - name: eno1
                  type: ethernet
";

pub const MNO: &str = "\
apiVersion: ran.openshift.io/v1
kind: SiteConfig
metadata:
  name: quay
  namespace: quay
spec:
  baseDomain: example.com
  clusterImageSetNameRef: img4.20.1
  clusters:
    - clusterName: quay
      apiVIPs: [192.0.3.10]
      ingressVIPs: [192.0.3.11]
      machineNetwork:
        - cidr: 192.0.3.0/24
      nodes:
        - hostName: a.quay.example.com
          bmcAddress: redfish-virtualmedia://192.0.3.1/redfish/v1/Systems/1
          bootMACAddress: \"02:00:00:00:01:01\"
        - hostName: b.quay.example.com
          bmcAddress: redfish-virtualmedia://192.0.3.2/redfish/v1/Systems/1
          bootMACAddress: \"02:00:00:00:01:02\"
        - hostName: c.quay.example.com
          bmcAddress: redfish-virtualmedia://192.0.3.3/redfish/v1/Systems/1
          bootMACAddress: \"02:00:00:00:01:03\"
      clusterLabels: {common: \"true\"}
";

pub const COMMON: &str = "\
apiVersion: ran.openshift.io/v1
kind: PolicyGenTemplate
metadata:
  name: common
  namespace: ztp-common
spec:
  bindingRules:
    common: \"true\"
  sourceFiles:
    - fileName: Sub.yaml
      policyName: subscriptions
    - fileName: Tuned.yaml
      policyName: tuning
      spec:
        recommend:
          profile: du
";

pub const SUB: &str = "\
apiVersion: operators.coreos.com/v1alpha1
kind: Subscription
metadata:
  name: logging
  namespace: openshift-logging
  annotations:
    ran.openshift.io/ztp-deploy-wave: \"2\"
spec:
  channel: stable
";

pub const TUNED: &str = "\
apiVersion: tuned.openshift.io/v1
kind: Tuned
metadata:
  name: patch
  namespace: openshift-cluster-node-tuning-operator
  annotations:
    ran.openshift.io/ztp-deploy-wave: \"10\"
spec:
  recommend:
    profile: $profile
";

/// One mistake, and how somebody follows the fix that is printed.
pub struct Mistake {
    pub file: &'static str,
    /// The correct text, and what stands there instead.
    pub planted: (&'static str, &'static str),
    pub id: &'static str,
    pub line: u32,
    /// What the printed fix says.
    pub says: &'static str,
    /// What is replaced by those who follow it.
    pub followed: (&'static str, &'static str),
}

const fn mistake(
    file: &'static str,
    planted: (&'static str, &'static str),
    (id, line): (&'static str, u32),
    says: &'static str,
    followed: (&'static str, &'static str),
) -> Mistake {
    Mistake { file, planted, id, line, says, followed }
}

pub const MISTAKES: &[Mistake] = &[
    mistake(
        "sites/kustomization.yaml",
        ("  - mno.yaml", "  - nmo.yaml"),
        ("kustomize/unreadable", 3),
        "did you mean \"mno.yaml\"",
        ("nmo.yaml", "mno.yaml"),
    ),
    mistake(
        "sites/kustomization.yaml",
        ("  - mno.yaml\n", "  - mno.yaml\n  - mno.yaml\n"),
        ("kustomize/duplicate", 4),
        "remove one",
        ("  - mno.yaml\n  - mno.yaml\n", "  - mno.yaml\n"),
    ),
    mistake(
        "sites/kustomization.yaml",
        ("  - mno.yaml\n", ""),
        ("kustomize/unlisted-file", 2),
        "list it",
        ("  - sno.yaml\n", "  - sno.yaml\n  - mno.yaml\n"),
    ),
    mistake(
        "sites/kustomization.yaml",
        ("generators:\n", "resources:\n"),
        ("kustomize/generator-as-resource", 2),
        "move the entry to generators",
        ("resources:\n", "generators:\n"),
    ),
    mistake(
        "sites/kustomization.yaml",
        ("  - sno.yaml", "  - extra-manifest"),
        ("kustomize/no-kustomization", 2),
        "list its files one by one",
        ("  - extra-manifest", "  - sno.yaml"),
    ),
    mistake(
        "policies/kustomization.yaml",
        ("resources:", "ressources:"),
        ("kustomize/unknown-field", 3),
        "did you mean \"resources\"",
        ("ressources:", "resources:"),
    ),
    mistake(
        "policies/kustomization.yaml",
        ("  - common.yaml\nresources:\n", "  - common.yaml\n"),
        ("kustomize/unknown-generator", 1),
        "move plain objects to resources",
        ("  - namespace.yaml", "resources:\n  - namespace.yaml"),
    ),
    mistake(
        "sites/sno.yaml",
        ("clusterImageSetNameRef", "clusterImagesetNameRef"),
        ("siteconfig/unknown-field", 8),
        "did you mean \"clusterImageSetNameRef\"",
        ("clusterImagesetNameRef", "clusterImageSetNameRef"),
    ),
    mistake(
        "sites/sno.yaml",
        ("clusterName: pier", "clusterName: Pier_1"),
        ("siteconfig/cluster-name-invalid", 10),
        "lower-case letters, digits and dashes",
        ("Pier_1", "pier-1"),
    ),
    mistake(
        "sites/sno.yaml",
        ("clusterName: pier", "clusterName: ztp-pier"),
        ("siteconfig/ztp-prefix", 10),
        "does not begin with ztp",
        ("ztp-pier", "pier-lab"),
    ),
    mistake(
        "sites/sno.yaml",
        ("clusterName: pier", "clusterName: quay"),
        ("siteconfig/cluster-repeated", 10),
        "rename one of the clusters",
        ("clusterName: quay", "clusterName: quay-2"),
    ),
    mistake(
        "sites/sno.yaml",
        ("OVNKubernetes", "OVNKubernets"),
        ("siteconfig/bad-value", 11),
        "did you mean OVNKubernetes",
        ("OVNKubernets", "OVNKubernetes"),
    ),
    mistake(
        "sites/sno.yaml",
        ("\"None\"}}'", "\"None\"}'"),
        ("siteconfig/install-config-overrides", 12),
        "one JSON object",
        ("\"None\"}'", "\"None\"}}'"),
    ),
    mistake(
        "sites/sno.yaml",
        ("10.128.0.0/14", "192.0.2.0/23"),
        ("siteconfig/network-overlap", 16),
        "choose networks that do not overlap",
        ("192.0.2.0/23", "10.132.0.0/14"),
    ),
    mistake(
        "sites/sno.yaml",
        ("172.30.0.0/16", "172.30.0.0"),
        ("siteconfig/bad-address", 21),
        "write a network as 192.0.2.0/24",
        ("172.30.0.0", "172.30.0.0/16"),
    ),
    mistake(
        "sites/sno.yaml",
        ("192.0.2.9/redfish", "192.0.3.1/redfish"),
        ("siteconfig/duplicate-bmc", 25),
        "correct the address of one of the hosts",
        ("192.0.3.1/redfish", "192.0.2.8/redfish"),
    ),
    mistake(
        "sites/sno.yaml",
        ("bootMACAddress: \"02:00:00:00:00:01\"", "bootMACAddress: \"02:00:00:00:01:03\""),
        ("siteconfig/duplicate-mac", 26),
        "correct the address of one of the hosts",
        ("02:00:00:00:01:03", "02:00:00:00:00:01"),
    ),
    mistake(
        "sites/sno.yaml",
        ("bootMACAddress: \"02:00:00:00:00:01\"", "bootMACAddress: \"02:00:00:00:00:02\""),
        ("siteconfig/boot-mac-unlisted", 26),
        "correct one of the two addresses",
        ("macAddress: \"02:00:00:00:00:01\"", "macAddress: \"02:00:00:00:00:02\""),
    ),
    mistake(
        "sites/sno.yaml",
        ("bootMode: UEFI", "bootMode: uefi"),
        ("siteconfig/bad-value", 27),
        "did you mean UEFI",
        ("uefi", "UEFI"),
    ),
    mistake(
        "sites/sno.yaml",
        ("'{}'", "'{\"ignition\":}'"),
        ("siteconfig/bad-json", 28),
        "one JSON object",
        ("'{\"ignition\":}'", "'{\"ignition\":{\"version\":\"3.2.0\"}}'"),
    ),
    mistake(
        "sites/sno.yaml",
        ("                - name: eno1", "                - name: eno2"),
        ("siteconfig/interface-unlisted", 35),
        "did you mean \"eno1\"",
        ("                - name: eno2", "                - name: eno1"),
    ),
    mistake(
        "sites/mno.yaml",
        ("192.0.3.11", "192.0.3.10"),
        ("siteconfig/vip", 12),
        "give ingress an address of its own",
        ("ingressVIPs: [192.0.3.10]", "ingressVIPs: [192.0.3.12]"),
    ),
    mistake(
        "sites/mno.yaml",
        ("192.0.3.10", "192.0.4.10"),
        ("siteconfig/vip-outside", 11),
        "choose an address of machineNetwork",
        ("192.0.4.10", "192.0.3.9"),
    ),
    mistake(
        "sites/mno.yaml",
        ("      apiVIPs: [192.0.3.10]\n", ""),
        ("siteconfig/vip", 10),
        "apiVIP",
        ("      ingressVIPs", "      apiVIPs: [192.0.3.9]\n      ingressVIPs"),
    ),
    mistake(
        "sites/mno.yaml",
        (
            "          bootMACAddress: \"02:00:00:00:01:02\"",
            "          bootMACAddress: \"02:00:00:00:01:02\"\n          cpuset: 0-1",
        ),
        ("siteconfig/deprecated-field", 22),
        "set cpuPartitioningMode: AllNodes on the cluster",
        ("\n          cpuset: 0-1", ""),
    ),
    mistake(
        "policies/common.yaml",
        ("Tuned.yaml", "Tunde.yaml"),
        ("policy/source-missing", 12),
        "did you mean \"Tuned.yaml\"",
        ("Tunde.yaml", "Tuned.yaml"),
    ),
    mistake(
        "policies/common.yaml",
        ("policyName: tuning", "policyName: subscriptions"),
        ("policy/wave-mismatch", 12),
        "give \"Tuned.yaml\" its own policy",
        ("Tuned.yaml\n      policyName: subscriptions", "Tuned.yaml\n      policyName: performance"),
    ),
    mistake(
        "policies/common.yaml",
        ("        recommend:\n          profile: du", "        managementState: Managed"),
        ("policy/placeholder", 12),
        "overlay spec.recommend.profile",
        ("        managementState: Managed", "        managementState: Managed\n        recommend: {profile: du}"),
    ),
    mistake(
        "policies/common.yaml",
        ("policyName: tuning", "policyname: tuning"),
        ("policy/unknown-field", 13),
        "did you mean \"policyName\"",
        ("policyname", "policyName"),
    ),
];
