# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_oc_ibu_global_optspecs
    string join \n color= ascii no-headers q/quiet v/verbose= h/help V/version
end

function __fish_oc_ibu_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_oc_ibu_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_oc_ibu_using_subcommand
    set -l cmd (__fish_oc_ibu_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -s V -l version -d 'Print version'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "status" -d 'Show where an upgrade stands: stage, clocks, history, and the stages that may come next'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "diagnose" -d 'Find out what is wrong with an upgrade: first cause, evidence, fix, commands'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "validate" -d 'Check OADP content, extra manifests, catalog sources and the ImageBasedUpgrade'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "configmap" -d 'Print the ConfigMap for OADP content, extra manifests or catalog sources'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "partition" -d 'Print the partition for /var/lib/containers that an image-based upgrade needs'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "operators" -d 'Print what installs the Lifecycle Agent and OADP'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "configure" -d 'Print how to set automatic rollback and image clean-up'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "explain" -d 'Explain a finding: why it matters and what to do'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "version" -d 'Print the version'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "completion" -d 'Print a completion script, or install completion for oc and kubectl'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "__complete" -d 'What `__complete` gets: the words typed after the plugin\'s name, the unfinished one last'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l from -d 'File, folder, must-gather or archive with the objects, or - for standard input; may be given more than once' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -s o -l output -d 'Format: text, json or yaml' -r -f -a "text\t''
json\t''
yaml\t''"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l now -d 'The time to reckon with, for tests' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l from -d 'File, folder, must-gather or archive with the objects, or - for standard input; may be given more than once' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l now -d 'The time to reckon with, for tests' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -l storage -d 'How the targets store volumes: none, lvms (LVM Storage) or lso (Local Storage Operator)' -r -f -a "none\t''
lvms\t''
lso\t''"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -l release -d 'The release that the targets run, to compare the seed with' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -l accept -d 'Findings that are known and shall only be noted' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -l rhacm -d 'The targets are managed by a hub (RHACM)'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -l group -d 'The upgrade is run by an ImageBasedGroupUpgrade'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configmap" -l name -d 'Name of the ConfigMap [default: oadp-cm, extra-manifests-cm or catalog-sources-cm]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configmap" -s n -l namespace -d 'Its namespace, the same on hub and cluster [default: openshift-adp or openshift-lifecycle-agent]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configmap" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configmap" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configmap" -l patch -d 'Print the part of the ImageBasedUpgrade that names the ConfigMap instead'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configmap" -l kustomize -d 'Print a kustomization that makes the ConfigMap from the files instead'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configmap" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configmap" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configmap" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configmap" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand partition" -l disk -d 'The disk, best as /dev/disk/by-path/...' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand partition" -l start -d 'Where it begins; the root file system of both releases must fit before it' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand partition" -l size -d 'How large it is; 0 is the rest of the disk' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand partition" -s o -l output -d 'What to print: machineconfig, ignition or butane' -r -f -a "machineconfig\t'A MachineConfig: an extra manifest of the installation'
ignition\t'The value of ignitionConfigOverride of the node in a SiteConfig or ClusterInstance'
butane\t'The butane configuration'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand partition" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand partition" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand partition" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand partition" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand partition" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand partition" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand operators" -l form -d 'What for: cli (to apply at once) or gitops (for policies)' -r -f -a "cli\t'To apply at once'
gitops\t'For policies: with deploy waves, install plans left to TALM'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand operators" -l lca-channel -d 'Channel of the Lifecycle Agent [default: stable]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand operators" -l oadp-channel -d 'Channel of OADP [default: stable-1.4]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand operators" -l catalog -d 'CatalogSource in openshift-marketplace' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand operators" -l s3-url -d 'Address of the object storage for backups' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand operators" -l bucket -d 'Bucket for backups' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand operators" -l prefix -d 'Folder in the bucket, one for each target [gitops: the name of the managed cluster]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand operators" -l region -d 'Region of the object storage' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand operators" -l secret -d 'Secret in openshift-adp with the credentials, key cloud' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand operators" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand operators" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand operators" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand operators" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand operators" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand operators" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configure" -l init-monitor -d 'Roll back when the upgrade is not completed in time: on or off' -r -f -a "on\t''
off\t''"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configure" -l init-monitor-timeout -d 'How long the upgrade may take from the boot on; 0 means 1800' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configure" -l post-reboot-config -d 'Roll back when configuring the new release fails: on or off' -r -f -a "on\t''
off\t''"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configure" -l upgrade-completion -d 'Roll back when the agent reports a failure after the reboot: on or off' -r -f -a "on\t''
off\t''"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configure" -l image-cleanup -d 'Remove unused images at Prep when the disk is full: on or off' -r -f -a "on\t''
off\t''"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configure" -l image-cleanup-threshold -d 'From how much use of container storage on; the agent\'s default is 50' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configure" -l manifest-count -d 'How many objects in policies are labelled for the target release' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configure" -s o -l output -d 'What to print: command, yaml or json' -r -f -a "command\t'A command to paste'
yaml\t'The merge patch in YAML'
json\t'The merge patch in JSON'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configure" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configure" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configure" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configure" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configure" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configure" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand explain" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand explain" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand explain" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand explain" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand explain" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand version" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand version" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand version" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand version" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand version" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand version" -s h -l help -d 'Print help'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and not __fish_seen_subcommand_from install help" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and not __fish_seen_subcommand_from install help" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and not __fish_seen_subcommand_from install help" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and not __fish_seen_subcommand_from install help" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and not __fish_seen_subcommand_from install help" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and not __fish_seen_subcommand_from install help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and not __fish_seen_subcommand_from install help" -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and not __fish_seen_subcommand_from install help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and __fish_seen_subcommand_from install" -l dir -d 'Folder on PATH to write to [default: the folder of this program]' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and __fish_seen_subcommand_from install" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and __fish_seen_subcommand_from install" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and __fish_seen_subcommand_from install" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and __fish_seen_subcommand_from install" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and __fish_seen_subcommand_from install" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and __fish_seen_subcommand_from install" -s h -l help -d 'Print help'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and __fish_seen_subcommand_from help" -f -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand completion; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand __complete" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand __complete" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand __complete" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand __complete" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand __complete" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand __complete" -s h -l help -d 'Print help'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose validate configmap partition operators configure explain version completion __complete help" -f -a "status" -d 'Show where an upgrade stands: stage, clocks, history, and the stages that may come next'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose validate configmap partition operators configure explain version completion __complete help" -f -a "diagnose" -d 'Find out what is wrong with an upgrade: first cause, evidence, fix, commands'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose validate configmap partition operators configure explain version completion __complete help" -f -a "validate" -d 'Check OADP content, extra manifests, catalog sources and the ImageBasedUpgrade'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose validate configmap partition operators configure explain version completion __complete help" -f -a "configmap" -d 'Print the ConfigMap for OADP content, extra manifests or catalog sources'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose validate configmap partition operators configure explain version completion __complete help" -f -a "partition" -d 'Print the partition for /var/lib/containers that an image-based upgrade needs'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose validate configmap partition operators configure explain version completion __complete help" -f -a "operators" -d 'Print what installs the Lifecycle Agent and OADP'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose validate configmap partition operators configure explain version completion __complete help" -f -a "configure" -d 'Print how to set automatic rollback and image clean-up'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose validate configmap partition operators configure explain version completion __complete help" -f -a "explain" -d 'Explain a finding: why it matters and what to do'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose validate configmap partition operators configure explain version completion __complete help" -f -a "version" -d 'Print the version'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose validate configmap partition operators configure explain version completion __complete help" -f -a "completion" -d 'Print a completion script, or install completion for oc and kubectl'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose validate configmap partition operators configure explain version completion __complete help" -f -a "__complete" -d 'What `__complete` gets: the words typed after the plugin\'s name, the unfinished one last'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose validate configmap partition operators configure explain version completion __complete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and __fish_seen_subcommand_from completion" -f -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
