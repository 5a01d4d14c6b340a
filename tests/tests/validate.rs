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

/// One mistake, and how somebody follows the fix that is printed.
struct Mistake {
    file: &'static str,
    /// The correct text, and what stands there instead.
    planted: (&'static str, &'static str),
    id: &'static str,
    line: u32,
    /// What the printed fix says.
    says: &'static str,
    /// What is replaced by whom follows it.
    followed: (&'static str, &'static str),
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

const MISTAKES: &[Mistake] = &[
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

/// Makes a copy of the repository one of many: its clusters, policies, labels and addresses are its own.
fn of_copy(text: &str, number: usize) -> String {
    let pairs = [
        ("pier", format!("pier{number:02}")),
        ("quay", format!("quay{number:02}")),
        ("Pier_1", format!("Pier_{number:02}")),
        ("02:00:00:00", format!("02:00:00:{number:02}")),
        ("192.0.", format!("10.{number}.")),
        ("ztp-common", format!("ztp-common{number:02}")),
        ("name: common\n", format!("name: common{number:02}\n")),
        ("common: \"true\"", format!("common{number:02}: \"true\"")),
    ];
    pairs.iter().fold(text.to_owned(), |text, (old, new)| text.replace(old, new))
}

/// Replaces a text that is there once, or the first time it is.
fn edit(path: &Path, (old, new): (&str, &str), number: usize) -> io::Result<()> {
    let text = fs::read_to_string(path)?;
    let (old, new) = (of_copy(old, number), of_copy(new, number));
    assert!(text.contains(&old), "{} has no {old}", path.display());
    fs::write(path, text.replacen(&old, &new, 1))
}

#[test]
fn planted_mistakes_are_found_at_their_lines() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    write(root)?;
    assert_eq!(found(root, &[]), [], "the repository without mistakes");
    let mut missed = Vec::new();
    for Mistake { file, planted: (from, to), id, line, says, .. } in MISTAKES {
        let clean = fs::read_to_string(root.join(file))?;
        assert!(clean.contains(from), "{file} has no {from}");
        fs::write(root.join(file), clean.replacen(from, to, 1))?;
        let findings = found(root, &[]);
        fs::write(root.join(file), &clean)?;
        let here = |f: &&Finding| shown(root, f).0 == *id && shown(root, f).2 == *line;
        match findings.iter().find(here) {
            Some(Finding { fix: Some(fix), .. }) if fix.contains(says) => {}
            Some(finding) => {
                missed.push((*id, *line, vec![(finding.fix.clone().unwrap_or_default(), String::new(), 0)]))
            }
            None => missed.push((*id, *line, findings.iter().map(|f| shown(root, f)).collect::<Vec<_>>())),
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
    Ok(())
}

/// A repository of as many parts as there are mistakes, one planted in each. Whoever follows the fix of one is rid of
/// what it caused and of nothing else, and who follows all has a clean repository.
#[test]
fn fixes_work_when_they_are_followed() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    let part = |number: usize| root.join(format!("part{number:02}"));
    for (number, mistake) in MISTAKES.iter().enumerate() {
        for (name, text) in FILES {
            let path = part(number).join(name);
            fs::create_dir_all(path.parent().unwrap_or(root))?;
            fs::write(path, of_copy(text, number))?;
        }
        edit(&part(number).join(mistake.file), mistake.planted, number)?;
    }
    let all = |found: Vec<Finding>| found.iter().map(|f| shown(root, f)).collect::<Vec<_>>();
    let mut left = all(found(root, &[]));
    for (number, mistake) in MISTAKES.iter().enumerate() {
        let own = format!("part{number:02}/");
        assert!(left.iter().any(|(id, file, _)| id == mistake.id && file.starts_with(&own)), "{} in {own}", mistake.id);
        edit(&part(number).join(mistake.file), mistake.followed, number)?;
        left.retain(|(_, file, _)| !file.starts_with(&own));
        assert_eq!(all(found(&part(number), &[])), [], "after the fix of {} was followed in {own}", mistake.id);
        // The whole takes its time.
        if number % 7 == 0 || left.is_empty() {
            assert_eq!(all(found(root, &[])), left, "after the fix of {} was followed in {own}", mistake.id);
        }
    }
    assert_eq!(left, []);
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
