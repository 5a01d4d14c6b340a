//! A GitOps repository with many single-node sites: source CRs, extra manifests, and per site a SiteConfig and a
//! PolicyGenTemplate of the usual length, with the comments that people leave in them.

use std::fs;
use std::io;
use std::path::Path;

use crate::scripts;

/// Makes the repository.
pub fn make(root: &Path, sites: usize) -> io::Result<()> {
    for folder in ["source-crs", "extra-manifest", "sites", "policies"] {
        fs::create_dir_all(root.join(folder))?;
    }
    for (name, text) in SOURCE_CRS {
        fs::write(root.join("source-crs").join(name), text)?;
    }
    for (name, text) in scripts::manifests() {
        fs::write(root.join("extra-manifest").join(name), text)?;
    }
    fs::write(root.join("policies/common.yaml"), COMMON)?;
    fs::write(root.join("policies/group-du-sno.yaml"), GROUP)?;
    for number in 1..=sites {
        let site = |text: &str| fill(text, number);
        fs::write(root.join(format!("sites/site-{number:05}.yaml")), site(SITE))?;
        fs::write(root.join(format!("policies/site-{number:05}.yaml")), site(SITE_POLICY))?;
    }
    Ok(())
}

/// Puts the site's own values in: its number, two octets of an address and a hardware address.
fn fill(text: &str, number: usize) -> String {
    let (high, low) = (number / 250, number % 250 + 1);
    text.replace("@NUMBER@", &format!("{number:05}"))
        .replace("@NET@", &format!("10.{high}.{low}"))
        .replace("@MAC@", &format!("52:54:00:{:02x}:{:02x}", number >> 8 & 0xff, number & 0xff))
}

const SITE: &str = r#"# Site @NUMBER@: one server, one cluster.
---
apiVersion: ran.openshift.io/v1
kind: SiteConfig
metadata:
  name: "site-@NUMBER@"
  namespace: "site-@NUMBER@"
spec:
  baseDomain: "ran.example.com"
  pullSecretRef:
    name: "assisted-deployment-pull-secret"
  clusterImageSetNameRef: "openshift-4.20"
  sshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExample bench@example.com"
  clusters:
  - clusterName: "sno-@NUMBER@"
    networkType: "OVNKubernetes"
    # Optional operators that a distributed unit does not need are left out of the installation.
    installConfigOverrides: |
      {
        "capabilities": {
          "baselineCapabilitySet": "None",
          "additionalEnabledCapabilities": [
            "NodeTuning",
            "OperatorLifecycleManager",
            "Ingress"
          ]
        }
      }
    # The extra manifests of a role arrive as one.
    mergeDefaultMachineConfigs: true
    # These labels decide which policies reach the cluster.
    clusterLabels:
      common: "true"
      group-du-sno: ""
      sites: "site-@NUMBER@"
      region: north
    clusterNetwork:
      - cidr: 10.128.0.0/14
        hostPrefix: 23
    machineNetwork:
      - cidr: @NET@.0/24
    serviceNetwork:
      - 172.30.0.0/16
    additionalNTPSources:
      - ntp1.example.com
      - ntp2.example.com
    cpuPartitioningMode: AllNodes
    nodes:
      - hostName: "node1.sno-@NUMBER@.ran.example.com"
        role: "master"
        # The address of the board's management controller.
        bmcAddress: "idrac-virtualmedia+https://@NET@.200/redfish/v1/Systems/System.Embedded.1"
        bmcCredentialsName:
          name: "node1-bmc-secret"
        bootMACAddress: "@MAC@:01"
        bootMode: "UEFISecureBoot"
        rootDeviceHints:
          deviceName: "/dev/disk/by-path/pci-0000:01:00.0-scsi-0:2:0:0"
        ignitionConfigOverride: |
          {
            "ignition": {"version": "3.2.0"},
            "storage": {
              "disks": [
                {
                  "device": "/dev/disk/by-id/wwn-0x6b07b250ebb9d0002a33509f24af1f62",
                  "partitions": [{"label": "var-lib-containers", "sizeMiB": 0, "startMiB": 250000}],
                  "wipeTable": false
                }
              ]
            }
          }
        nodeLabels:
          node-role.kubernetes.io/infra: ""
        nodeNetwork:
          interfaces:
            - name: eno1
              macAddress: "@MAC@:01"
          config:
            interfaces:
              - name: eno1
                type: ethernet
                state: up
                ipv4:
                  enabled: true
                  dhcp: false
                  address:
                    - ip: @NET@.10
                      prefix-length: 24
                ipv6:
                  enabled: false
            dns-resolver:
              config:
                search:
                  - ran.example.com
                server:
                  - @NET@.2
            routes:
              config:
                - destination: 0.0.0.0/0
                  next-hop-interface: eno1
                  next-hop-address: @NET@.1
                  table-id: 254
"#;

const SITE_POLICY: &str = r#"# What only site @NUMBER@ has: its networks and the addresses of its clock.
---
apiVersion: ran.openshift.io/v1
kind: PolicyGenTemplate
metadata:
  name: "site-@NUMBER@"
  namespace: "ztp-site"
spec:
  bindingRules:
    # Selects the one cluster of this site.
    sites: "site-@NUMBER@"
  mcp: "master"
  sourceFiles:
    - fileName: BenchNetwork.yaml
      policyName: "config-policy"
      metadata:
        name: "fronthaul"
      spec:
        resourceName: du_fh
        vlan: 140
    - fileName: BenchNodePolicy.yaml
      policyName: "config-policy"
      metadata:
        name: "fronthaul"
      spec:
        deviceType: netdevice
        isRdma: false
        nicSelector:
          pfNames: ["ens5f0"]
        numVfs: 8
        priority: 10
        resourceName: du_fh
    - fileName: BenchNetwork.yaml
      policyName: "config-policy"
      metadata:
        name: "midhaul"
      spec:
        resourceName: du_mh
        vlan: 150
    - fileName: BenchNodePolicy.yaml
      policyName: "config-policy"
      metadata:
        name: "midhaul"
      spec:
        deviceType: vfio-pci
        isRdma: false
        nicSelector:
          pfNames: ["ens7f0"]
        numVfs: 8
        priority: 10
        resourceName: du_mh
    # The grandmaster differs from site to site.
    - fileName: BenchClock.yaml
      policyName: "config-policy"
      metadata:
        name: "ordinary-clock"
      spec:
        profile:
          - name: "slave"
            interface: "ens5f0"
            ptp4lOpts: "-2 -s --summary_interval -4"
"#;

const COMMON: &str = r#"---
apiVersion: ran.openshift.io/v1
kind: PolicyGenTemplate
metadata:
  name: "common"
  namespace: "ztp-common"
spec:
  bindingRules:
    common: "true"
  sourceFiles:
    - fileName: BenchNamespace.yaml
      policyName: "subscriptions-policy"
    - fileName: BenchSubscription.yaml
      policyName: "subscriptions-policy"
    - fileName: BenchMonitoring.yaml
      policyName: "config-policy"
"#;

const GROUP: &str = r#"---
apiVersion: ran.openshift.io/v1
kind: PolicyGenTemplate
metadata:
  name: "group-du-sno"
  namespace: "ztp-group"
spec:
  bindingRules:
    group-du-sno: ""
  mcp: "master"
  sourceFiles:
    - fileName: BenchProfile.yaml
      policyName: "config-policy"
      spec:
        cpu:
          isolated: "2-31,34-63"
          reserved: "0-1,32-33"
        hugepages:
          pages:
            - size: 1G
              count: 32
    - fileName: BenchClock.yaml
      policyName: "config-policy"
"#;

/// Names and texts of the source CRs.
const SOURCE_CRS: [(&str, &str); 7] = [
    (
        "BenchNetwork.yaml",
        r#"apiVersion: sriovnetwork.openshift.io/v1
kind: SriovNetwork
metadata:
  name: ""
  namespace: openshift-sriov-network-operator
  annotations:
    ran.openshift.io/ztp-deploy-wave: "10"
spec:
  # resourceName: ""
  networkNamespace: openshift-sriov-network-operator
  vlan: $vlan
  linkState: auto
"#,
    ),
    (
        "BenchNodePolicy.yaml",
        r#"apiVersion: sriovnetwork.openshift.io/v1
kind: SriovNetworkNodePolicy
metadata:
  name: $name
  namespace: openshift-sriov-network-operator
  annotations:
    ran.openshift.io/ztp-deploy-wave: "10"
spec:
  # Only the first port is used by default.
  deviceType: $deviceType
  isRdma: false
  nicSelector:
    pfNames: [$pfNames]
  nodeSelector:
    node-role.kubernetes.io/$mcp: ""
  numVfs: $numVfs
  priority: $priority
  resourceName: $resourceName
"#,
    ),
    (
        "BenchClock.yaml",
        r#"apiVersion: ptp.openshift.io/v1
kind: PtpConfig
metadata:
  name: ordinary
  namespace: openshift-ptp
  annotations:
    ran.openshift.io/ztp-deploy-wave: "10"
spec:
  profile:
    - name: "ordinary"
      # The interface name is hardware-specific
      interface: $interface
      ptp4lOpts: "-2 -s"
      phc2sysOpts: "-a -r -n 24"
      ptpSchedulingPolicy: SCHED_FIFO
      ptpSchedulingPriority: 10
      ptp4lConf: |
        [global]
        #
        # Default data set
        #
        twoStepFlag 1
        slaveOnly 1
        priority1 128
        priority2 128
        domainNumber 24
        clockClass 255
        clockAccuracy 0xFE
        logging_level 6
        summary_interval 0
        time_stamping hardware
        network_transport L2
        delay_mechanism E2E
  recommend:
    - profile: "ordinary"
      priority: 4
      match:
        - nodeLabel: "node-role.kubernetes.io/$mcp"
"#,
    ),
    (
        "BenchNamespace.yaml",
        r#"apiVersion: v1
kind: Namespace
metadata:
  name: openshift-ptp
  annotations:
    workload.openshift.io/allowed: management
    ran.openshift.io/ztp-deploy-wave: "2"
  labels:
    openshift.io/cluster-monitoring: "true"
"#,
    ),
    (
        "BenchSubscription.yaml",
        r#"apiVersion: operators.coreos.com/v1alpha1
kind: Subscription
metadata:
  name: ptp-operator-subscription
  namespace: openshift-ptp
  annotations:
    ran.openshift.io/ztp-deploy-wave: "2"
spec:
  channel: "stable"
  name: ptp-operator
  source: redhat-operators-disconnected
  sourceNamespace: openshift-marketplace
  installPlanApproval: Manual
status:
  state: AtLatestKnown
"#,
    ),
    (
        "BenchMonitoring.yaml",
        r#"apiVersion: v1
kind: ConfigMap
metadata:
  name: cluster-monitoring-config
  namespace: openshift-monitoring
  annotations:
    ran.openshift.io/ztp-deploy-wave: "1"
data:
  config.yaml: |
    alertmanagerMain:
      enabled: false
    telemeterClient:
      enabled: false
    prometheusK8s:
      retention: 24h
"#,
    ),
    (
        "BenchProfile.yaml",
        r#"apiVersion: performance.openshift.io/v2
kind: PerformanceProfile
metadata:
  name: openshift-node-performance-profile
  annotations:
    ran.openshift.io/ztp-deploy-wave: "10"
spec:
  additionalKernelArgs:
    - "rcupdate.rcu_normal_after_boot=0"
    - "efi=runtime"
    - "vfio_pci.enable_sriov=1"
  cpu:
    isolated: $isolated
    reserved: $reserved
  hugepages:
    defaultHugepagesSize: 1G
    pages:
      - size: $size
        count: $count
        node: $node
  machineConfigPoolSelector:
    pools.operator.machineconfiguration.openshift.io/$mcp: ""
  nodeSelector:
    node-role.kubernetes.io/$mcp: ""
  numa:
    topologyPolicy: "restricted"
  realTimeKernel:
    enabled: true
"#,
    ),
];
