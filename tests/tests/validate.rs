//! A small repository that is clean, and mistakes planted in it one at a time: each is found at its line, and gone when
//! the fix is followed, which is the clean repository again.

use std::fs;
use std::io;
use std::path::Path;

use ztp_common::finding::{Finding, Level};
use ztp_common::lint::{Files, Lookup, Repository, check};

const FILES: &[(&str, &str)] = &[
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

const SNO: &str = "\
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

const MNO: &str = "\
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

const COMMON: &str = "\
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

const SUB: &str = "\
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

const TUNED: &str = "\
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

/// File, what is replaced, by what, the finding, its line.
const MISTAKES: &[(&str, &str, &str, &str, u32)] = &[
    ("sites/kustomization.yaml", "  - mno.yaml", "  - nmo.yaml", "kustomize/unreadable", 3),
    ("sites/kustomization.yaml", "  - mno.yaml\n", "  - mno.yaml\n  - mno.yaml\n", "kustomize/duplicate", 1),
    ("sites/kustomization.yaml", "  - mno.yaml\n", "", "kustomize/unlisted-file", 2),
    ("sites/kustomization.yaml", "generators:\n", "resources:\n", "kustomize/generator-as-resource", 2),
    ("sites/kustomization.yaml", "  - sno.yaml", "  - extra-manifest", "kustomize/no-kustomization", 2),
    ("policies/kustomization.yaml", "resources:", "ressources:", "kustomize/unknown-field", 3),
    (
        "policies/kustomization.yaml",
        "  - common.yaml\nresources:\n",
        "  - common.yaml\n",
        "kustomize/unknown-generator",
        1,
    ),
    ("sites/sno.yaml", "clusterImageSetNameRef", "clusterImagesetNameRef", "siteconfig/unknown-field", 8),
    ("sites/sno.yaml", "clusterName: pier", "clusterName: Pier_1", "siteconfig/cluster-name-invalid", 10),
    ("sites/sno.yaml", "clusterName: pier", "clusterName: ztp-pier", "siteconfig/ztp-prefix", 10),
    ("sites/sno.yaml", "clusterName: pier", "clusterName: quay", "siteconfig/cluster-repeated", 10),
    ("sites/sno.yaml", "OVNKubernetes", "OVNKubernets", "siteconfig/bad-value", 11),
    ("sites/sno.yaml", "\"None\"}}'", "\"None\"}'", "siteconfig/install-config-overrides", 12),
    ("sites/sno.yaml", "10.128.0.0/14", "192.0.2.0/23", "siteconfig/network-overlap", 16),
    ("sites/sno.yaml", "172.30.0.0/16", "172.30.0.0", "siteconfig/bad-address", 21),
    ("sites/sno.yaml", "192.0.2.9/redfish", "192.0.3.1/redfish", "siteconfig/duplicate-bmc", 25),
    (
        "sites/sno.yaml",
        "bootMACAddress: \"02:00:00:00:00:01\"",
        "bootMACAddress: \"02:00:00:00:01:03\"",
        "siteconfig/duplicate-mac",
        26,
    ),
    (
        "sites/sno.yaml",
        "bootMACAddress: \"02:00:00:00:00:01\"",
        "bootMACAddress: \"02:00:00:00:00:02\"",
        "siteconfig/boot-mac-unlisted",
        26,
    ),
    ("sites/sno.yaml", "bootMode: UEFI", "bootMode: uefi", "siteconfig/bad-value", 27),
    ("sites/sno.yaml", "'{}'", "'{\"ignition\":}'", "siteconfig/bad-json", 28),
    (
        "sites/sno.yaml",
        "                - name: eno1",
        "                - name: eno2",
        "siteconfig/interface-unlisted",
        35,
    ),
    ("sites/mno.yaml", "192.0.3.11", "192.0.3.10", "siteconfig/vip", 12),
    ("sites/mno.yaml", "192.0.3.10", "192.0.4.10", "siteconfig/vip-outside", 11),
    ("sites/mno.yaml", "      apiVIPs: [192.0.3.10]\n", "", "siteconfig/vip", 10),
    (
        "sites/mno.yaml",
        "          bootMACAddress: \"02:00:00:00:01:02\"",
        "          cpuset: 0-1",
        "siteconfig/deprecated-field",
        21,
    ),
    ("policies/common.yaml", "Tuned.yaml", "Tunde.yaml", "policy/source-missing", 12),
    ("policies/common.yaml", "policyName: tuning", "policyName: subscriptions", "policy/wave-mismatch", 12),
    (
        "policies/common.yaml",
        "        recommend:\n          profile: du",
        "        managementState: Managed",
        "policy/placeholder",
        12,
    ),
    ("policies/common.yaml", "policyName: tuning", "policyname: tuning", "policy/unknown-field", 13),
];

fn write(root: &Path) -> io::Result<()> {
    FILES.iter().try_for_each(|(name, text)| {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::write(path, text)
    })
}

fn found(root: &Path, accepted: &[String]) -> Vec<Finding> {
    let lookup = Lookup { source_crs: vec!["source-crs".into()], ..Lookup::default() };
    let files = Files::read(&[root.to_path_buf()], &[]);
    check(&Repository::new(&files, &lookup), accepted).findings
}

fn shown(root: &Path, finding: &Finding) -> (String, String, u32) {
    let place = finding.place.as_ref();
    let file = place.map(|p| p.file.replace(&format!("{}/", root.display()), "")).unwrap_or_default();
    (finding.id.to_owned(), file, place.map_or(0, |p| p.line))
}

#[test]
fn planted_mistakes_are_found_at_their_lines() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    write(root)?;
    assert_eq!(found(root, &[]), [], "the repository without mistakes");
    let mut missed = Vec::new();
    for (file, from, to, id, line) in MISTAKES {
        let clean = fs::read_to_string(root.join(file))?;
        assert!(clean.contains(from), "{file} has no {from}");
        fs::write(root.join(file), clean.replacen(from, to, 1))?;
        let findings = found(root, &[]);
        fs::write(root.join(file), &clean)?;
        let here = |f: &&Finding| shown(root, f).0 == *id && shown(root, f).2 == *line;
        match findings.iter().find(here) {
            Some(finding) => assert!(finding.fix.is_some(), "{id} has no fix"),
            None => missed.push((*id, *line, findings.iter().map(|f| shown(root, f)).collect::<Vec<_>>())),
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
    Ok(())
}

#[test]
fn a_folder_under_generators_may_list_them_as_resources() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    write(root)?;
    fs::write(root.join("kustomization.yaml"), "generators:\n  - sites\n")?;
    fs::write(root.join("sites/kustomization.yaml"), "resources:\n  - sno.yaml\n  - mno.yaml\n")?;
    fs::rename(root.join("sites/extra-manifest"), root.join("extra-manifest"))?;
    assert_eq!(found(root, &[]), []);
    Ok(())
}

#[test]
fn an_error_in_a_file_that_nothing_lists_is_a_warning() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    write(root)?;
    fs::create_dir(root.join("policies/later"))?;
    fs::write(root.join("policies/later/group.yaml"), COMMON.replace("Tuned.yaml", "Tunde.yaml"))?;
    let findings = found(root, &[]);
    let levels: Vec<_> = findings.iter().map(|f| (f.id, f.level)).collect();
    assert_eq!(levels, [("policy/source-missing", Level::Warning)]);
    Ok(())
}

#[test]
fn accepted_findings_are_put_aside() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    write(root)?;
    let path = root.join("sites/sno.yaml");
    let ids = |accepted: &[String]| found(root, accepted).iter().map(|f| f.id).collect::<Vec<_>>();
    let prefix = SNO.replace("clusterName: pier", "clusterName: ztp-pier");
    fs::write(&path, &prefix)?;
    assert_eq!(ids(&[]), ["siteconfig/ztp-prefix"]);
    assert_eq!(ids(&["siteconfig/ztp-prefix".into()]), [""; 0]);
    let comment = "clusterName: ztp-pier # ztp: accept siteconfig/ztp-prefix because it is a lab";
    fs::write(&path, prefix.replace("clusterName: ztp-pier", comment))?;
    assert_eq!(ids(&[]), [""; 0]);
    fs::write(&path, format!("# ztp: accept siteconfig/ztp-prefix because it was a lab\n{SNO}"))?;
    assert_eq!(ids(&[]), ["accept/unused"]);
    fs::write(&path, format!("# ztp: accept siteconfig/ztp-prefix\n# ztp: accept site/prefix because x\n{SNO}"))?;
    assert_eq!(ids(&[]), ["accept/syntax", "accept/unknown-id"]);
    Ok(())
}
