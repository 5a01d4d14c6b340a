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
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -s h -l help -d 'Print help'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -s V -l version -d 'Print version'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "status" -d 'Show where an upgrade stands: stage, clocks, history, and the stages that may come next'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "diagnose" -d 'Find out what is wrong with an upgrade: first cause, evidence, fix, commands'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "prep" -d 'Prepare a cluster: unpack a seed image and fetch its images; no reboot'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "upgrade" -d 'Reboot a prepared cluster into the new release'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "rollback" -d 'Reboot an upgraded cluster into the old release'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "finalize" -d 'Remove the other release after an upgrade or a rollback: the end of the way back'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "abort" -d 'Cancel an upgrade before its reboot, or clean up after a failed one'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "idle" -d 'Bring a cluster back to Idle: abort or finalize, whichever is possible'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "retry-cleanup" -d 'Run a failed clean-up again, once its cause is gone'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "validate" -d 'Check OADP content, extra manifests, catalog sources and the ImageBasedUpgrade'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "configmap" -d 'Print the ConfigMap for OADP content, extra manifests or catalog sources'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "partition" -d 'Print the partition for /var/lib/containers that an image-based upgrade needs'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "operators" -d 'Print what installs the Lifecycle Agent and OADP'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "configure" -d 'Print how to set automatic rollback and image clean-up'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "seed" -d 'Work with seed clusters and seed images'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "explain" -d 'Explain a finding: why it matters and what to do'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "version" -d 'Print the version'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "completion" -d 'Print a completion script, or install completion for oc and kubectl'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -s l -l selector -d 'Managed clusters with these labels; given more than once, any of them may match' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l clusters-from -d 'The clusters named in a file, one a line; - for standard input' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l from -d 'Recorded objects in the place of the live cluster: file, folder, must-gather or archive, or - for standard input; may be given more than once' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l context -d 'Context of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l user -d 'User of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -s s -l server -d 'Address of the API server' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l token -d 'Bearer token' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l as -d 'User to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l as-uid -d 'UID to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l timeout -d 'How long to follow it, such as 90m' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -s o -l output -d 'Format: text, json or yaml' -r -f -a "text\t''
json\t''
yaml\t''"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -s w -l watch -d 'Follow one cluster until its stage has ended'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -s l -l selector -d 'Managed clusters with these labels; given more than once, any of them may match' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l clusters-from -d 'The clusters named in a file, one a line; - for standard input' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l from -d 'Recorded objects in the place of the live cluster: file, folder, must-gather or archive, or - for standard input; may be given more than once' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l context -d 'Context of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l user -d 'User of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -s s -l server -d 'Address of the API server' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l token -d 'Bearer token' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l as -d 'User to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l as-uid -d 'UID to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -s o -l output -d 'Format: text, json, sarif, junit or github' -r -f -a "text\t'For people, in the look of rustc'
json\t'One object of kind FindingList'
sarif\t'SARIF 2.1.0, for code scanning'
junit\t'JUnit XML, for GitLab and Jenkins'
github\t'Workflow commands of GitHub Actions'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand diagnose" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l seed -d 'The seed image; its tag is the release, or a release follows behind one more colon' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l seed-version -d 'The release in the seed image, when its name does not tell' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l pull-secret -d 'Secret to pull the seed image with, in the namespace of the Lifecycle Agent' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l oadp -d 'ConfigMap with Backups and Restores; may be given more than once' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l extra-manifests -d 'ConfigMap with manifests to apply after the reboot; may be given more than once' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l init-monitor-timeout -d 'How long the upgrade may take from the boot on until the node rolls back; 0 means 1800' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l init-monitor -d 'Roll back when the upgrade is not completed in time: on or off' -r -f -a "on\t''
off\t''"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l post-reboot-config -d 'Roll back when configuring the new release fails: on or off' -r -f -a "on\t''
off\t''"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l upgrade-completion -d 'Roll back when the agent reports a failure after the reboot: on or off' -r -f -a "on\t''
off\t''"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l timeout -d 'How long to wait, such as 90m; it is for us, not for the agent' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -s o -l output -d 'How --dry-run=client prints the object: yaml or json' -r -f -a "yaml\t'YAML'
json\t'JSON'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l dry-run -d 'Change nothing: none, client (only print) or server (let the server check)' -r -f -a "none\t'Make the change'
client\t'Only print what would be sent'
server\t'Let the server check it, and change nothing'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l accept -d 'Findings that are known and shall not stop this' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l field-manager -d 'Who owns the fields that are changed' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l context -d 'Context of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l user -d 'User of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -s s -l server -d 'Address of the API server' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l token -d 'Bearer token' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l as -d 'User to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l as-uid -d 'UID to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l wait -d 'Wait for the end of the stage, through the reboot; Ctrl-C only ends the waiting'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -s y -l yes -d 'Do not ask'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand prep" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l timeout -d 'How long to wait, such as 90m; it is for us, not for the agent' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -s o -l output -d 'How --dry-run=client prints the object: yaml or json' -r -f -a "yaml\t'YAML'
json\t'JSON'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l dry-run -d 'Change nothing: none, client (only print) or server (let the server check)' -r -f -a "none\t'Make the change'
client\t'Only print what would be sent'
server\t'Let the server check it, and change nothing'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l accept -d 'Findings that are known and shall not stop this' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l field-manager -d 'Who owns the fields that are changed' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l context -d 'Context of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l user -d 'User of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -s s -l server -d 'Address of the API server' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l token -d 'Bearer token' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l as -d 'User to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l as-uid -d 'UID to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l wait -d 'Wait for the end of the stage, through the reboot; Ctrl-C only ends the waiting'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -s y -l yes -d 'Do not ask'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand upgrade" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l timeout -d 'How long to wait, such as 90m; it is for us, not for the agent' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -s o -l output -d 'How --dry-run=client prints the object: yaml or json' -r -f -a "yaml\t'YAML'
json\t'JSON'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l dry-run -d 'Change nothing: none, client (only print) or server (let the server check)' -r -f -a "none\t'Make the change'
client\t'Only print what would be sent'
server\t'Let the server check it, and change nothing'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l accept -d 'Findings that are known and shall not stop this' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l field-manager -d 'Who owns the fields that are changed' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l context -d 'Context of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l user -d 'User of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -s s -l server -d 'Address of the API server' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l token -d 'Bearer token' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l as -d 'User to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l as-uid -d 'UID to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l wait -d 'Wait for the end of the stage, through the reboot; Ctrl-C only ends the waiting'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -s y -l yes -d 'Do not ask'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand rollback" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l timeout -d 'How long to wait, such as 90m; it is for us, not for the agent' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -s o -l output -d 'How --dry-run=client prints the object: yaml or json' -r -f -a "yaml\t'YAML'
json\t'JSON'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l dry-run -d 'Change nothing: none, client (only print) or server (let the server check)' -r -f -a "none\t'Make the change'
client\t'Only print what would be sent'
server\t'Let the server check it, and change nothing'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l accept -d 'Findings that are known and shall not stop this' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l field-manager -d 'Who owns the fields that are changed' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l context -d 'Context of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l user -d 'User of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -s s -l server -d 'Address of the API server' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l token -d 'Bearer token' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l as -d 'User to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l as-uid -d 'UID to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l wait -d 'Wait for the end of the stage, through the reboot; Ctrl-C only ends the waiting'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -s y -l yes -d 'Do not ask'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand finalize" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l timeout -d 'How long to wait, such as 90m; it is for us, not for the agent' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -s o -l output -d 'How --dry-run=client prints the object: yaml or json' -r -f -a "yaml\t'YAML'
json\t'JSON'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l dry-run -d 'Change nothing: none, client (only print) or server (let the server check)' -r -f -a "none\t'Make the change'
client\t'Only print what would be sent'
server\t'Let the server check it, and change nothing'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l accept -d 'Findings that are known and shall not stop this' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l field-manager -d 'Who owns the fields that are changed' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l context -d 'Context of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l user -d 'User of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -s s -l server -d 'Address of the API server' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l token -d 'Bearer token' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l as -d 'User to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l as-uid -d 'UID to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l wait -d 'Wait for the end of the stage, through the reboot; Ctrl-C only ends the waiting'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -s y -l yes -d 'Do not ask'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand abort" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l timeout -d 'How long to wait, such as 90m; it is for us, not for the agent' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -s o -l output -d 'How --dry-run=client prints the object: yaml or json' -r -f -a "yaml\t'YAML'
json\t'JSON'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l dry-run -d 'Change nothing: none, client (only print) or server (let the server check)' -r -f -a "none\t'Make the change'
client\t'Only print what would be sent'
server\t'Let the server check it, and change nothing'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l accept -d 'Findings that are known and shall not stop this' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l field-manager -d 'Who owns the fields that are changed' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l context -d 'Context of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l user -d 'User of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -s s -l server -d 'Address of the API server' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l token -d 'Bearer token' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l as -d 'User to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l as-uid -d 'UID to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l wait -d 'Wait for the end of the stage, through the reboot; Ctrl-C only ends the waiting'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -s y -l yes -d 'Do not ask'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand idle" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l timeout -d 'How long to wait, such as 90m; it is for us, not for the agent' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -s o -l output -d 'How --dry-run=client prints the object: yaml or json' -r -f -a "yaml\t'YAML'
json\t'JSON'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l dry-run -d 'Change nothing: none, client (only print) or server (let the server check)' -r -f -a "none\t'Make the change'
client\t'Only print what would be sent'
server\t'Let the server check it, and change nothing'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l accept -d 'Findings that are known and shall not stop this' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l field-manager -d 'Who owns the fields that are changed' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l context -d 'Context of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l user -d 'User of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -s s -l server -d 'Address of the API server' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l token -d 'Bearer token' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l as -d 'User to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l as-uid -d 'UID to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l wait -d 'Wait for the end of the stage, through the reboot; Ctrl-C only ends the waiting'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -s y -l yes -d 'Do not ask'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand retry-cleanup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -l storage -d 'How the targets store volumes: none, lvms (LVM Storage) or lso (Local Storage Operator)' -r -f -a "none\t''
lvms\t''
lso\t''"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -l release -d 'The release that the targets run, to compare the seed with' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -l accept -d 'Findings that are known and shall only be noted' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -s o -l output -d 'Format: text, json, sarif, junit or github' -r -f -a "text\t'For people, in the look of rustc'
json\t'One object of kind FindingList'
sarif\t'SARIF 2.1.0, for code scanning'
junit\t'JUnit XML, for GitLab and Jenkins'
github\t'Workflow commands of GitHub Actions'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -l rhacm -d 'The targets are managed by a hub (RHACM)'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -l group -d 'The upgrade is run by an ImageBasedGroupUpgrade'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand validate" -s h -l help -d 'Print help'
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
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configmap" -s h -l help -d 'Print help'
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
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand partition" -s h -l help -d 'Print help'
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
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand operators" -s h -l help -d 'Print help'
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
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand configure" -s h -l help -d 'Print help'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and not __fish_seen_subcommand_from check generate status help" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and not __fish_seen_subcommand_from check generate status help" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and not __fish_seen_subcommand_from check generate status help" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and not __fish_seen_subcommand_from check generate status help" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and not __fish_seen_subcommand_from check generate status help" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and not __fish_seen_subcommand_from check generate status help" -s h -l help -d 'Print help'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and not __fish_seen_subcommand_from check generate status help" -f -a "check" -d 'List every reason why a cluster cannot be made a seed image'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and not __fish_seen_subcommand_from check generate status help" -f -a "generate" -d 'Make a seed image of the cluster of the current context'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and not __fish_seen_subcommand_from check generate status help" -f -a "status" -d 'Show how far the making of a seed image is'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and not __fish_seen_subcommand_from check generate status help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l from -d 'Recorded objects in the place of the live cluster: file, folder, must-gather or archive, or - for standard input; may be given more than once' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l context -d 'Context of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l user -d 'User of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -s s -l server -d 'Address of the API server' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l token -d 'Bearer token' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l as -d 'User to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l as-uid -d 'UID to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l authfile -d 'Registry auth file that may push the image; - for standard input. It is sent to the cluster and shown nowhere' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l recert-image -d 'Image of recert, if not the agent\'s own' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l timeout -d 'How long to wait, such as 90m; it is for us, not for the agent' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l dry-run -d 'Change nothing: none, client (only print) or server (let the server check)' -r -f -a "none\t'Make the change'
client\t'Only print what would be sent'
server\t'Let the server check it, and change nothing'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l accept -d 'Findings that are known and shall not stop this' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l field-manager -d 'Who owns the fields that are changed' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l context -d 'Context of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l user -d 'User of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -s s -l server -d 'Address of the API server' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l token -d 'Bearer token' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l as -d 'User to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l as-uid -d 'UID to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l wait -d 'Wait for the end of the stage, through the reboot; Ctrl-C only ends the waiting'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -s y -l yes -d 'Do not ask'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from generate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l from -d 'Recorded objects in the place of the live cluster: file, folder, must-gather or archive, or - for standard input; may be given more than once' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l context -d 'Context of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l user -d 'User of the kubeconfig' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -s s -l server -d 'Address of the API server' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l token -d 'Bearer token' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l as -d 'User to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l as-uid -d 'UID to impersonate' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l timeout -d 'How long to wait, such as 90m' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l wait -d 'Wait for the end'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from help" -f -a "check" -d 'List every reason why a cluster cannot be made a seed image'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from help" -f -a "generate" -d 'Make a seed image of the cluster of the current context'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show how far the making of a seed image is'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand seed; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand explain" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand explain" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand explain" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand explain" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand explain" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand explain" -s h -l help -d 'Print help'
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
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "status" -d 'Show where an upgrade stands: stage, clocks, history, and the stages that may come next'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "diagnose" -d 'Find out what is wrong with an upgrade: first cause, evidence, fix, commands'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "prep" -d 'Prepare a cluster: unpack a seed image and fetch its images; no reboot'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "upgrade" -d 'Reboot a prepared cluster into the new release'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "rollback" -d 'Reboot an upgraded cluster into the old release'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "finalize" -d 'Remove the other release after an upgrade or a rollback: the end of the way back'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "abort" -d 'Cancel an upgrade before its reboot, or clean up after a failed one'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "idle" -d 'Bring a cluster back to Idle: abort or finalize, whichever is possible'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "retry-cleanup" -d 'Run a failed clean-up again, once its cause is gone'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "validate" -d 'Check OADP content, extra manifests, catalog sources and the ImageBasedUpgrade'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "configmap" -d 'Print the ConfigMap for OADP content, extra manifests or catalog sources'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "partition" -d 'Print the partition for /var/lib/containers that an image-based upgrade needs'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "operators" -d 'Print what installs the Lifecycle Agent and OADP'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "configure" -d 'Print how to set automatic rollback and image clean-up'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "seed" -d 'Work with seed clusters and seed images'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "explain" -d 'Explain a finding: why it matters and what to do'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "version" -d 'Print the version'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "completion" -d 'Print a completion script, or install completion for oc and kubectl'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from status diagnose prep upgrade rollback finalize abort idle retry-cleanup validate configmap partition operators configure seed explain version completion help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and __fish_seen_subcommand_from seed" -f -a "check" -d 'List every reason why a cluster cannot be made a seed image'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and __fish_seen_subcommand_from seed" -f -a "generate" -d 'Make a seed image of the cluster of the current context'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and __fish_seen_subcommand_from seed" -f -a "status" -d 'Show how far the making of a seed image is'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and __fish_seen_subcommand_from completion" -f -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
