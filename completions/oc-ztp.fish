# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_oc_ztp_global_optspecs
    string join \n color= ascii no-headers q/quiet v/verbose= h/help V/version
end

function __fish_oc_ztp_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_oc_ztp_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_oc_ztp_using_subcommand
    set -l cmd (__fish_oc_ztp_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -s h -l help -d 'Print help'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -s V -l version -d 'Print version'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -f -a "generate" -d 'Make everything that Argo CD would apply from the files in Git'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -f -a "validate" -d 'Check files in Git for everything that would go wrong later'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -f -a "explain" -d 'Say what a finding means, why it matters and what to do'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -f -a "diff" -d 'Show what a change does: objects, fields, the clusters it reaches and how hard'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -f -a "placement" -d 'Show which policies reach which clusters, and by which label'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -f -a "plugin" -d 'Install this program as a kustomize plugin'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -f -a "version" -d 'Print the version'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -f -a "completion" -d 'Print a completion script, or install completion for oc and kubectl'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l source-crs -d 'Folder of source CRs; may be given more than once' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l extra-manifests -d 'Folder of the extra manifests that installations get [default: extra-manifest here or beside this program]' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -s d -l output-dir -d 'Write files to this folder, all of them or none, instead of one stream' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l wrap-in-policy -d 'Whether CRs are wrapped in policies' -r -f -a "true\t''
false\t''"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -s o -l output -d 'Format of the stream: yaml, json or name' -r -f -a "yaml\t'YAML documents'
json\t'One object of kind List'
name\t'kind.group/name, one a line'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l kind -d 'Only objects of these kinds' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l only -d 'Only one half of the output' -r -f -a "policies\t'Policies with their placement'
installation\t'What installs clusters'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l extra-manifests-only -d 'Only the extra manifests of SiteConfigs, as objects'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l source-crs -d 'Folder of source CRs; may be given more than once' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l extra-manifests -d 'Folder of the extra manifests that installations get [default: extra-manifest here or beside this program]' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l from -d 'Recorded hub, to check the releases that sites ask for: a must-gather, a folder or file of YAML, - for standard input' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l accept -d 'Findings that are known and accepted everywhere' -r -f -a "input/no-extra-manifests\t'there is no folder of extra manifests, so what SiteConfigs generate was not checked'
input/no-kind\t'the file has no kind'
input/no-source-crs\t'there is no folder of source CRs, so PolicyGenTemplates cannot be checked in full'
input/unknown-kind\t'a file has nearly the kind of an input'
input/unreadable\t'a file cannot be read'
input/unsupported\t'this build has no generator for the kind'
input/yaml\t'the file is no YAML'
accept/syntax\t'a comment that begins with `ztp:` is not understood or gives no reason'
accept/unknown-id\t'a comment accepts a finding that does not exist'
accept/unused\t'a comment accepts a finding that is not there'
kustomize/ambiguous-reference\t'a name refers to several resources of the tree'
kustomize/duplicate\t'two resources or generators of one tree have the same identity'
kustomize/empty\t'the kustomization file is empty'
kustomize/external\t'the real kustomize failed on the tree'
kustomize/foreign\t'the tree uses something that only the real kustomize can build'
kustomize/generator\t'a ConfigMap or Secret cannot be generated'
kustomize/generator-as-resource\t'a PolicyGenTemplate or SiteConfig is listed under resources'
kustomize/invalid-field\t'a field of the kustomization has a value of the wrong type or one that does not exist'
kustomize/no-kustomization\t'a folder is listed that has no kustomization, or several'
kustomize/not-a-resource\t'a listed file has a document that is no Kubernetes object'
kustomize/patch\t'a patch cannot be applied'
kustomize/patch-without-effect\t'the target of a patch matches nothing'
kustomize/renamed-policy\t'namePrefix or nameSuffix renames policies, but not in their PlacementBindings'
kustomize/respelled-value\t'kustomize hands an unquoted number to the generator in another spelling'
kustomize/transformer\t'a field that changes all resources cannot be applied'
kustomize/unknown-field\t'the kustomization has a field that kustomize does not know'
kustomize/unknown-generator\t'an entry under generators is of a kind without a generator'
kustomize/unlisted-file\t'a file beside a kustomization looks like a part of it, but nothing lists it'
kustomize/unreadable\t'an entry names a file or folder that is not there or not allowed'
kustomize/wrong-kind\t'a Component is listed as resource, or a Kustomization as component'
siteconfig/api-version\t'the SiteConfig has an apiVersion that the generator does not know'
siteconfig/bad-address\t'a network, VIP, MAC or BMC address is not written as one'
siteconfig/bad-json\t'a field that holds JSON is no JSON'
siteconfig/bad-value\t'a field has a value that does not exist'
siteconfig/boot-mac-unlisted\t'bootMACAddress is not among the MAC addresses of the node\'s interfaces'
siteconfig/cluster\t'the cluster has no master or an unknown cpuPartitioningMode'
siteconfig/cluster-name\t'a cluster has no name, or one that the file has already'
siteconfig/cluster-name-invalid\t'the name of the cluster is no DNS label'
siteconfig/cluster-repeated\t'two SiteConfigs describe a cluster of the same name'
siteconfig/cr-template\t'a CR template cannot be used'
siteconfig/deprecated-field\t'a field is deprecated'
siteconfig/disk-partition\t'diskPartition is used on a cluster with several masters, or a partition is not sound'
siteconfig/duplicate-bmc\t'two hosts have the same BMC address'
siteconfig/duplicate-host-name\t'two hosts have the same host name'
siteconfig/duplicate-mac\t'two hosts have the same MAC address'
siteconfig/empty-node-labels\t'nodeLabels of a node is an empty map'
siteconfig/extra-manifest\t'the extra manifests of a cluster cannot be collected'
siteconfig/filter-unknown\t'a filter of extra manifests names a file that is not there, or excludes one twice'
siteconfig/further-document\t'the file has further documents, which are not read'
siteconfig/ignored-annotations\t'crAnnotations name a kind that is not annotated at this level'
siteconfig/ignored-path\t'extraManifestPath is ignored because searchPaths is set'
siteconfig/ignored-suppression\t'crSuppression names a kind that cannot be suppressed at this level'
siteconfig/image-set\t'neither the site nor the cluster has clusterImageSetNameRef'
siteconfig/image-set-unknown\t'the hub has no ClusterImageSet of the name'
siteconfig/install-config-overrides\t'installConfigOverrides is no JSON object that can be used'
siteconfig/interface-unlisted\t'the network configuration names an Ethernet interface that is not listed with its MAC address'
siteconfig/ironic-inspect\t'ironicInspect is neither enabled nor disabled'
siteconfig/lost-documents\t'an extra manifest has several documents, of which only the first is used'
siteconfig/lost-labels\t'the labels of a ManagedCluster template are lost'
siteconfig/machine-network\t'a single-node cluster has no machineNetwork'
siteconfig/master-count\t'the cluster has neither one master nor three or more'
siteconfig/merge-kernel-type\t'merging loses a kernelType'
siteconfig/merge-lost-arguments\t'merging loses kernel arguments that should not exist'
siteconfig/merge-same-name\t'two MachineConfigs of one role that are merged have the same name'
siteconfig/merge-trimmed\t'merging loses a value that is false, 0 or empty'
siteconfig/merge-unknown-field\t'a MachineConfig that is merged has a field its Ignition version does not know'
siteconfig/network-overlap\t'two networks of a cluster overlap'
siteconfig/object-identity\t'an object has no kind or no name that is a text'
siteconfig/parse\t'the SiteConfig is no YAML that the generator takes'
siteconfig/same-file\t'two objects are written to the same file'
siteconfig/search-path-missing\t'a folder of extraManifests.searchPaths does not exist'
siteconfig/shadowed-manifest\t'a folder of searchPaths replaces manifests of an earlier one'
siteconfig/unknown-field\t'the SiteConfig has a field that the generator does not know'
siteconfig/unused-template\t'a CR template is not used because its name or namespace differs'
siteconfig/vip\t'the VIPs do not fit the cluster or each other'
siteconfig/vip-outside\t'a VIP is in none of the machine networks'
siteconfig/worker-partition\t'a single-node cluster with a worker has partitions, which the worker gets too'
siteconfig/ztp-prefix\t'the name of a cluster or the namespace of a SiteConfig begins with ztp'
policy/binding-contradiction\t'a label is both in bindingRules and, with the same or an empty value, in bindingExcludedRules'
policy/binding-overlap\t'bindingRules and bindingExcludedRules share a value of a label'
policy/cr-identity\t'a CR that is written without a policy has no kind or no name that is a text'
policy/empty-file\t'the file or its first document is empty'
policy/file-name-missing\t'an entry of sourceFiles has no fileName'
policy/identity-missing\t'the PolicyGenTemplate has no name or namespace'
policy/interval-conflict\t'two entries of one policy want different evaluation intervals'
policy/interval-invalid\t'an evaluation interval is no duration'
policy/more-documents\t'the file has further documents, which are not read'
policy/multi-document-name\t'a name is overlaid on a source CR with several documents'
policy/multi-document-overlay\t'a source CR with several documents gets an overlay'
policy/name-length\t'namespace and name of a policy or its placement are longer than 63 characters together'
policy/no-source-files\t'a PolicyGenTemplate has no sourceFiles'
policy/other-kind\t'a file among the generators is no PolicyGenTemplate'
policy/overlay-list-order\t'an item of a list is merged into one of another name'
policy/overlay-mismatch\t'the overlay and the source CR have different types at the same path'
policy/overlay-path\t'a key of an overlay is in no source CR of the kind, but nearly in this one'
policy/overlay-replaces-list\t'a list of an overlay takes some values of the source CR over, adds others and loses the rest'
policy/overlay-selector\t'a selector loses a label without value when an overlay adds another'
policy/overlay-without-effect\t'null or an empty list in an overlay does not remove what the source CR has'
policy/overwritten\t'two results are written to the same file'
policy/path\t'a policy name leads out of the output folder'
policy/placeholder\t'a placeholder of the source CR is left in the policy'
policy/remediation-conflict\t'two entries of one policy want different remediation actions'
policy/source-empty\t'a source CR has no document'
policy/source-invalid\t'a source CR is no YAML map'
policy/source-missing\t'a source CR is in no folder of source CRs'
policy/source-unreadable\t'a source CR cannot be read'
policy/unknown-field\t'the PolicyGenTemplate has a field that the generator does not know'
policy/unused-section\t'a section of the overlay cannot be merged into a source CR'
policy/wave-mismatch\t'source CRs of different deploy waves are in one policy'
policy/wave-unquoted\t'a deploy wave is a number without quotes'
policy/yaml\t'the PolicyGenTemplate is no YAML that the generator takes'
policy/bad-value\t'complianceType or remediationAction has a value that does not exist'
policy/conflicting-object\t'two policies of one cluster want different values in one field of one object'
policy/crd-same-wave\t'a CR is rolled out with or before the CustomResourceDefinition of its kind'
policy/dot-in-name\t'the name of a policy has a dot'
policy/duplicate-name\t'policies of one name are in two namespaces'
policy/enforce\t'a policy is enforced without TALM'
policy/hub-template\t'a hub template cannot be parsed'
policy/hub-template-config-map\t'a hub template reads a ConfigMap that is not in the repository, where one of nearly the same name is'
policy/hub-template-namespace\t'a hub template reads from a namespace other than that of its policy'
policy/namespace-project\t'the namespace of a policy does not begin with ztp'
policy/namespace-reserved\t'a policy is in a namespace that belongs to TALM or to a cluster'
policy/namespace-unmanaged\t'no manifest makes the namespace of a policy, although the repository makes others'
policy/subscription-order\t'a Subscription comes without, or before, its namespace or operator group'
policy/wave-invalid\t'a deploy wave is no whole number'
policy/wave-missing\t'a policy has no deploy wave, though others beside it have one'
placement/all-excluded\t'bindingExcludedRules exclude every cluster that bindingRules ask for'
placement/blank-in-value\t'a comma list of a binding rule has blanks or gaps'
placement/every-cluster\t'the binding rules of a PolicyGenTemplate ask for no label'
placement/no-cluster\t'the binding rules of a PolicyGenTemplate fit no cluster of the repository'
placement/set-binding-missing\t'a namespace with policies or Placements has no ManagedClusterSetBinding, other namespaces have'
placement/unreached-cluster\t'no policy reaches a cluster'
sriov/mixed-resource\t'node policies of one resourceName have different deviceTypes'
sriov/no-resource\t'no node policy serves the resourceName of a SriovNetwork'
sriov/shared-function\t'two node policies configure the same physical function of the same nodes'
ptp/interface-unlisted\t'a PtpConfig names an interface that a host does not have'
ptp/profile-missing\t'a PtpConfig recommends a profile that it does not have'
performance/cpu-overlap\t'CPUs of a PerformanceProfile are both reserved and isolated'
performance/huge-pages-size\t'huge pages of a PerformanceProfile have no size'
performance/reserved-cpuset\t'cpuset of a SiteConfig differs from the reserved CPUs of the PerformanceProfile'
performance/tuned-include\t'a Tuned profile includes a performance profile of another name'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -s o -l output -d 'Format: text, json, sarif, junit or github' -r -f -a "text\t'For people, in the look of rustc'
json\t'One object of kind FindingList'
sarif\t'SARIF 2.1.0, for code scanning'
junit\t'JUnit XML, for GitLab and Jenkins'
github\t'Workflow commands of GitHub Actions'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l context -d 'Context of the kubeconfig' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l user -d 'User of the kubeconfig' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -s s -l server -d 'Address of the API server' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l token -d 'Bearer token' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l as -d 'User to impersonate' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l as-uid -d 'UID to impersonate' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l hub -d 'Check the releases that sites ask for on the live hub'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l strict -d 'Let warnings fail the run'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand explain" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand explain" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand explain" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand explain" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand explain" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand explain" -s h -l help -d 'Print help'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -l source-crs -d 'Folder of source CRs, taken from each side if it is there; may be given more than once' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -l extra-manifests -d 'Folder of extra manifests, taken from each side if it is there' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -s o -l output -d 'Format of the report: text, json or markdown' -r -f -a "text\t'For people'
json\t'For programs'
markdown\t'For the comment of a merge request'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -s h -l help -d 'Print help'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand placement" -l source-crs -d 'Folder of source CRs; may be given more than once' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand placement" -s o -l output -d 'Format: text or json' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand placement" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand placement" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand placement" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand placement" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand placement" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand placement" -s h -l help -d 'Print help'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and not __fish_seen_subcommand_from install help" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and not __fish_seen_subcommand_from install help" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and not __fish_seen_subcommand_from install help" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and not __fish_seen_subcommand_from install help" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and not __fish_seen_subcommand_from install help" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and not __fish_seen_subcommand_from install help" -s h -l help -d 'Print help'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and not __fish_seen_subcommand_from install help" -f -a "install" -d 'Lay out kustomize\'s plugin folder with this program as the PolicyGenTemplate and SiteConfig generator'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and not __fish_seen_subcommand_from install help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -l dir -d 'kustomize\'s plugin folder [default: kustomize/plugin in $XDG_CONFIG_HOME or ~/.config]' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -l source-crs -d 'Source CRs to put beside the PolicyGenTemplate generator' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -l extra-manifests -d 'Extra manifests to put beside the SiteConfig generators' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -s h -l help -d 'Print help'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from help" -f -a "install" -d 'Lay out kustomize\'s plugin folder with this program as the PolicyGenTemplate and SiteConfig generator'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand version" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand version" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand version" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand version" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand version" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand version" -s h -l help -d 'Print help'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and not __fish_seen_subcommand_from install help" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and not __fish_seen_subcommand_from install help" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and not __fish_seen_subcommand_from install help" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and not __fish_seen_subcommand_from install help" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and not __fish_seen_subcommand_from install help" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and not __fish_seen_subcommand_from install help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and not __fish_seen_subcommand_from install help" -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and not __fish_seen_subcommand_from install help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from install" -l dir -d 'Folder on PATH to write to [default: the folder of this program]' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from install" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from install" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from install" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from install" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from install" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from install" -s h -l help -d 'Print help'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from help" -f -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and not __fish_seen_subcommand_from generate validate explain diff placement plugin version completion help" -f -a "generate" -d 'Make everything that Argo CD would apply from the files in Git'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and not __fish_seen_subcommand_from generate validate explain diff placement plugin version completion help" -f -a "validate" -d 'Check files in Git for everything that would go wrong later'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and not __fish_seen_subcommand_from generate validate explain diff placement plugin version completion help" -f -a "explain" -d 'Say what a finding means, why it matters and what to do'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and not __fish_seen_subcommand_from generate validate explain diff placement plugin version completion help" -f -a "diff" -d 'Show what a change does: objects, fields, the clusters it reaches and how hard'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and not __fish_seen_subcommand_from generate validate explain diff placement plugin version completion help" -f -a "placement" -d 'Show which policies reach which clusters, and by which label'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and not __fish_seen_subcommand_from generate validate explain diff placement plugin version completion help" -f -a "plugin" -d 'Install this program as a kustomize plugin'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and not __fish_seen_subcommand_from generate validate explain diff placement plugin version completion help" -f -a "version" -d 'Print the version'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and not __fish_seen_subcommand_from generate validate explain diff placement plugin version completion help" -f -a "completion" -d 'Print a completion script, or install completion for oc and kubectl'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and not __fish_seen_subcommand_from generate validate explain diff placement plugin version completion help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and __fish_seen_subcommand_from plugin" -f -a "install" -d 'Lay out kustomize\'s plugin folder with this program as the PolicyGenTemplate and SiteConfig generator'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and __fish_seen_subcommand_from completion" -f -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
