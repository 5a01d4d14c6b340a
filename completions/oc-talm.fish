# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_oc_talm_global_optspecs
    string join \n color= ascii no-headers q/quiet v/verbose= h/help V/version
end

function __fish_oc_talm_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_oc_talm_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_oc_talm_using_subcommand
    set -l cmd (__fish_oc_talm_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c oc-talm -n "__fish_oc_talm_needs_command" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_needs_command" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_needs_command" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -s h -l help -d 'Print help'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -s V -l version -d 'Print version'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "plan" -d 'Show what TALM will do with a ClusterGroupUpgrade before it does it'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "rehearse" -d 'Rehearse a rollout: does it fit the window, and what breaks it'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "upgrade-policy" -d 'Write a policy for Git that upgrades OpenShift'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "status" -d 'Show where rollouts stand: all of them, or one'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "diagnose" -d 'Find out what is wrong with a rollout, the first cause first'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "create" -d 'Create a ClusterGroupUpgrade, after showing what it will do'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "enable" -d 'Start a rollout, after showing what it will do'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "disable" -d 'Keep a rollout from starting'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "abort" -d 'End a rollout that runs'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "retry" -d 'Try again with the clusters that a rollout left behind'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "clone" -d 'Make the same ClusterGroupUpgrade once more, under another name'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "precache" -d 'Pull images onto the nodes before a rollout'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "backup" -d 'Look after the backups that a rollout makes of its nodes'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "kubeconfig" -d 'Fetch the admin kubeconfig of a managed cluster from the hub'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "explain" -d 'Say what a finding or a condition reason means, and what to do'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "version" -d 'Print the version'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "completion" -d 'Print a completion script, or install completion for oc and kubectl'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s n -l namespace -d 'Namespace of the CGU' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s f -l filename -d 'File with the CGU; - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s l -l selector -d 'Clusters with these labels; given more than once, any of them may match' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l clusters -d 'These clusters; a CGU has them in this order' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l clusters-from -d 'The clusters named in a file, one a line; - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l policy -d 'Policies to enforce, in this order' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l canary -d 'Clusters that go first, one per batch' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l max-concurrency -d 'Size of a batch' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l rollout-timeout -d 'Time for the whole rollout, such as 4h or 90m [default: 4h]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l batch-timeout-action -d 'What a batch that runs out of time does: continue or abort' -r -f -a "continue\t'The next batch starts'
abort\t'The rollout ends'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l blocked-by -d 'CGUs that must finish first' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s o -l output -d 'Format of the answer: text, wide, json, yaml, name or jsonpath=TEMPLATE' -r -f -a "text\t''
wide\t''
json\t''
yaml\t''
name\t''
jsonpath=\t''"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -s n -l namespace -d 'Namespace of the CGU' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -s f -l filename -d 'File with the CGU; - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -s l -l selector -d 'Clusters with these labels; given more than once, any of them may match' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l clusters -d 'These clusters; a CGU has them in this order' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l clusters-from -d 'The clusters named in a file, one a line; - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l policy -d 'Policies to enforce, in this order' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l canary -d 'Clusters that go first, one per batch' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l max-concurrency -d 'Size of a batch' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l rollout-timeout -d 'Time for the whole rollout, such as 4h or 90m [default: 4h]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l batch-timeout-action -d 'What a batch that runs out of time does: continue or abort' -r -f -a "continue\t'The next batch starts'
abort\t'The rollout ends'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l blocked-by -d 'CGUs that must finish first' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -s o -l output -d 'Format of the answer: text, wide, json, yaml, name or jsonpath=TEMPLATE' -r -f -a "text\t''
wide\t''
json\t''
yaml\t''
name\t''
jsonpath=\t''"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l window -d 'Maintenance window, such as 22:00-04:00' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l start -d 'When the CGU is enabled [default: when the window opens]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l allow-left -d 'Clusters that may be left at the end of the window: a number, or a share such as 2%' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l confidence -d 'How sure it has to be: in so many rehearsals of 100 it must fit' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l runs -d 'How many rehearsals' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l seed -d 'Where chance begins: the same number gives the same answer' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l svg -d 'Write a picture to this file as well' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l duration -d 'How long a policy takes on a cluster: half take 30m, one of 20 more than 50m; without POLICY= for all' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l failure -d 'Share of clusters on which a policy never succeeds; without POLICY= for all' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l blocked-for -d 'How long the CGUs that block this one still take, likewise; that time is lost' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l model -d 'File with durations and failure rates' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l suggest -d 'Say which concurrency or timeout would make it fit'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l model-out -d 'Print the model in use as YAML, for --model, and stop'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -s n -l namespace -d 'Namespace of the policy' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l version -d 'Version to upgrade to, such as 4.20.3' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l channel -d 'Update channel, such as eus-4.20 [default: stable of the version\'s minor]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l image -d 'Release image by digest; TALM then asks no update graph' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l upstream -d 'Update graph, for clusters that do not reach Red Hat\'s' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l binding -d 'Label of the clusters it is for; KEY alone when any value will do; given more than once, all must hold' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l policy -d 'Second part of the policy\'s name [default: version-4-20-3, or platform-upgrade]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l wave -d 'Deploy wave: with one, the first configuration of new clusters upgrades them as well' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l form -d 'Form of the file: pgt (PolicyGenTemplate) or pg (PolicyGenerator)' -r -f -a "pgt\t'PolicyGenTemplate'
pg\t'PolicyGenerator'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l output-dir -d 'Write the file into this folder instead, with a kustomization where there is none' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l from -d 'Recorded hub, to check the versions of clusters by: a must-gather, a folder or file, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l check -d 'Check the versions of clusters by the live hub'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s n -l namespace -d 'Namespace of the CGU [default: all for the list, else that of the context]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s o -l output -d 'Format of the answer: text, wide, json, yaml, name or jsonpath=TEMPLATE' -r -f -a "text\t''
wide\t''
json\t''
yaml\t''
name\t''
jsonpath=\t''"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s l -l selector -d 'Clusters with these labels; given more than once, any of them may match' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l clusters -d 'These clusters; a CGU has them in this order' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l clusters-from -d 'The clusters named in a file, one a line; - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l timeout -d 'How long to follow them, such as 40m' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s A -l all-namespaces -d 'All namespaces, as without --namespace'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s w -l watch -d 'Follow them until each is Completed, TimedOut or Failed'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s n -l namespace -d 'Namespace of the CGU [default: that of the context, for clusters all]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l ztp -d 'The first configuration of this cluster, with the CGU that TALM makes itself' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s o -l output -d 'Format of the answer: text, wide, json, yaml, name or jsonpath=TEMPLATE' -r -f -a "text\t''
wide\t''
json\t''
yaml\t''
name\t''
jsonpath=\t''"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s l -l selector -d 'Clusters with these labels; given more than once, any of them may match' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l clusters -d 'These clusters; a CGU has them in this order' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l clusters-from -d 'The clusters named in a file, one a line; - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -s n -l namespace -d 'Namespace of the CGU' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -s f -l filename -d 'File with the CGU; - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -s l -l selector -d 'Clusters with these labels; given more than once, any of them may match' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l clusters -d 'These clusters; a CGU has them in this order' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l clusters-from -d 'The clusters named in a file, one a line; - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l policy -d 'Policies to enforce, in this order' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l waves -d 'All policies with a deploy wave in this range, such as 1-10' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l manifest-work-template -d 'ManifestWorkReplicaSets to roll out, in the place of policies' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l canary -d 'Clusters that go first, one per batch' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l max-concurrency -d 'Size of a batch' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l rollout-timeout -d 'Time for the whole rollout, such as 4h or 90m [default: 4h]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l batch-timeout-action -d 'What a batch that runs out of time does: continue or abort' -r -f -a "continue\t'The next batch starts'
abort\t'The rollout ends'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l blocked-by -d 'CGUs that must finish first' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l precache-config -d 'PreCachingConfig to use' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l precache-space -d 'Free space that a node must have, such as 45GiB [default: 35GiB]; makes a PreCachingConfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l precache-package -d 'Operators to pull, in the place of those of the policies; makes a PreCachingConfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l precache-exclude -d 'Leave out images that match; makes a PreCachingConfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l precache-image -d 'More images to pull; makes a PreCachingConfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l before-label -d 'Label to add before the start' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l before-remove-label -d 'Label to remove before the start' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l before-annotation -d 'Annotation to add before the start' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l before-remove-annotation -d 'Annotation to remove before the start' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l after-label -d 'Label to add to each cluster that completes' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l after-remove-label -d 'Label to remove from each cluster that completes' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l after-annotation -d 'Annotation to add to each cluster that completes' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l after-remove-annotation -d 'Annotation to remove from each cluster that completes' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l dry-run -d 'Change nothing: none, client (only print) or server (let the server check)' -r -f -a "none\t'Make the change'
client\t'Only print what would be sent'
server\t'Let the server check it, and change nothing'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l accept -d 'Findings that are known and shall not stop this' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l field-manager -d 'Who owns the fields that are changed' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -s o -l output -d 'Format of the answer: text, wide, yaml, json or name' -r -f -a "text\t'For people'
wide\t'For people, nothing cut'
yaml\t'The objects as YAML, for Git'
json\t'The objects as JSON'
name\t'Kinds and names'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l missing -d 'All policies that one of the clusters does not comply with, in the order of their waves'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l precache -d 'Pull images onto the nodes before the start'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l backup -d 'Save the nodes before the start (deprecated)'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l keep-objects -d 'Go on enforcing after the end, until the CGU is deleted (deleteObjects: false)'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l enable -d 'Start the rollout at once'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -s y -l yes -d 'Do not ask'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -s n -l namespace -d 'Namespace of the CGU' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l window -d 'Maintenance window, in UTC unless an offset follows, such as 22:00-04:00+02:00' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l plan -d 'Only if the plan is still this one; oc talm create and enable print it' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l timeout -d 'How long to wait' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l dry-run -d 'Change nothing: none, client (only print) or server (let the server check)' -r -f -a "none\t'Make the change'
client\t'Only print what would be sent'
server\t'Let the server check it, and change nothing'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l accept -d 'Findings that are known and shall not stop this' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l field-manager -d 'Who owns the fields that are changed' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -s o -l output -d 'Format of the answer: text, wide, yaml, json or name' -r -f -a "text\t'For people'
wide\t'For people, nothing cut'
yaml\t'The objects as YAML, for Git'
json\t'The objects as JSON'
name\t'Kinds and names'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l wait -d 'Wait for the end of the rollout'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -s y -l yes -d 'Do not ask'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -s n -l namespace -d 'Namespace of the CGU' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l dry-run -d 'Change nothing: none, client (only print) or server (let the server check)' -r -f -a "none\t'Make the change'
client\t'Only print what would be sent'
server\t'Let the server check it, and change nothing'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l accept -d 'Findings that are known and shall not stop this' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l field-manager -d 'Who owns the fields that are changed' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -s o -l output -d 'Format of the answer: text, wide, yaml, json or name' -r -f -a "text\t'For people'
wide\t'For people, nothing cut'
yaml\t'The objects as YAML, for Git'
json\t'The objects as JSON'
name\t'Kinds and names'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -s y -l yes -d 'Do not ask'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -s n -l namespace -d 'Namespace of the CGU' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l dry-run -d 'Change nothing: none, client (only print) or server (let the server check)' -r -f -a "none\t'Make the change'
client\t'Only print what would be sent'
server\t'Let the server check it, and change nothing'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l accept -d 'Findings that are known and shall not stop this' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l field-manager -d 'Who owns the fields that are changed' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -s o -l output -d 'Format of the answer: text, wide, yaml, json or name' -r -f -a "text\t'For people'
wide\t'For people, nothing cut'
yaml\t'The objects as YAML, for Git'
json\t'The objects as JSON'
name\t'Kinds and names'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -s y -l yes -d 'Do not ask'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l delete -d 'Delete the CGU, with the record of what it did'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand abort" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -s n -l namespace -d 'Namespace of the CGU' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l name -d 'Name of the new CGU [default: NAME-retry-1, -2 …]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l max-concurrency -d 'Size of a batch [default: as before]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l rollout-timeout -d 'Time for the whole rollout, such as 4h or 90m [default: as before]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l timeout -d 'How long to wait' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l dry-run -d 'Change nothing: none, client (only print) or server (let the server check)' -r -f -a "none\t'Make the change'
client\t'Only print what would be sent'
server\t'Let the server check it, and change nothing'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l accept -d 'Findings that are known and shall not stop this' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l field-manager -d 'Who owns the fields that are changed' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -s o -l output -d 'Format of the answer: text, wide, yaml, json or name' -r -f -a "text\t'For people'
wide\t'For people, nothing cut'
yaml\t'The objects as YAML, for Git'
json\t'The objects as JSON'
name\t'Kinds and names'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l ztp -d 'The first configuration of a cluster: NAME is the cluster\'s'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l timed-out -d 'Only those that timed out'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l never-reached -d 'Only those whose batch never began'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l failed -d 'Only those where pre-caching or backup failed'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l skipped -d 'Only those left out because of a blocking CGU'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l drifted -d 'Only those that completed and are not compliant any more'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l from-stop -d 'Leave out the policies that all of them have passed'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l wait -d 'With --ztp: wait until TALM has made the CGU again'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -s y -l yes -d 'Do not ask'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand retry" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -s n -l namespace -d 'Namespace of the CGU' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l name -d 'Name of the copy [default: NAME-copy-1, -2 …]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l rollout-timeout -d 'Time for the whole rollout, such as 4h or 90m [default: as before]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l dry-run -d 'Change nothing: none, client (only print) or server (let the server check)' -r -f -a "none\t'Make the change'
client\t'Only print what would be sent'
server\t'Let the server check it, and change nothing'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l accept -d 'Findings that are known and shall not stop this' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l field-manager -d 'Who owns the fields that are changed' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -s o -l output -d 'Format of the answer: text, wide, yaml, json or name' -r -f -a "text\t'For people'
wide\t'For people, nothing cut'
yaml\t'The objects as YAML, for Git'
json\t'The objects as JSON'
name\t'Kinds and names'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -s y -l yes -d 'Do not ask'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand clone" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and not __fish_seen_subcommand_from start status logs space help" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and not __fish_seen_subcommand_from start status logs space help" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and not __fish_seen_subcommand_from start status logs space help" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and not __fish_seen_subcommand_from start status logs space help" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and not __fish_seen_subcommand_from start status logs space help" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and not __fish_seen_subcommand_from start status logs space help" -s h -l help -d 'Print help'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and not __fish_seen_subcommand_from start status logs space help" -f -a "start" -d 'Let TALM pull the images of a CGU that is not enabled'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and not __fish_seen_subcommand_from start status logs space help" -f -a "status" -d 'Show how far pre-caching is on each cluster, and what speaks against its configuration'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and not __fish_seen_subcommand_from start status logs space help" -f -a "logs" -d 'Print the log of the pre-caching job on a cluster, and what it means'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and not __fish_seen_subcommand_from start status logs space help" -f -a "space" -d 'Measure the space for images on the nodes of a cluster, as the pre-caching job does'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and not __fish_seen_subcommand_from start status logs space help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -s n -l namespace -d 'Namespace of the CGU' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l config -d 'PreCachingConfig to use' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l dry-run -d 'Change nothing: none, client (only print) or server (let the server check)' -r -f -a "none\t'Make the change'
client\t'Only print what would be sent'
server\t'Let the server check it, and change nothing'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l accept -d 'Findings that are known and shall not stop this' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l field-manager -d 'Who owns the fields that are changed' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -s o -l output -d 'Format of the answer: text, wide, yaml, json or name' -r -f -a "text\t'For people'
wide\t'For people, nothing cut'
yaml\t'The objects as YAML, for Git'
json\t'The objects as JSON'
name\t'Kinds and names'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -s y -l yes -d 'Do not ask'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -s n -l namespace -d 'Namespace of the CGU' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -s o -l output -d 'Format of the answer: text, wide, json, yaml or jsonpath=TEMPLATE' -r -f -a "text\t''
wide\t''
json\t''
yaml\t''
name\t''
jsonpath=\t''"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l tail -d 'Only the last lines' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from logs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l required -d 'What is needed, as in spaceRequired' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from space" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from help" -f -a "start" -d 'Let TALM pull the images of a CGU that is not enabled'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show how far pre-caching is on each cluster, and what speaks against its configuration'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from help" -f -a "logs" -d 'Print the log of the pre-caching job on a cluster, and what it means'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from help" -f -a "space" -d 'Measure the space for images on the nodes of a cluster, as the pre-caching job does'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand precache; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and not __fish_seen_subcommand_from status logs recovery help" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and not __fish_seen_subcommand_from status logs recovery help" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and not __fish_seen_subcommand_from status logs recovery help" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and not __fish_seen_subcommand_from status logs recovery help" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and not __fish_seen_subcommand_from status logs recovery help" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and not __fish_seen_subcommand_from status logs recovery help" -s h -l help -d 'Print help'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and not __fish_seen_subcommand_from status logs recovery help" -f -a "status" -d 'Show how far the backup is on each cluster'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and not __fish_seen_subcommand_from status logs recovery help" -f -a "logs" -d 'Print the log of the backup job on a cluster, and what it means'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and not __fish_seen_subcommand_from status logs recovery help" -f -a "recovery" -d 'Print the steps that bring a node back from its backup'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and not __fish_seen_subcommand_from status logs recovery help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -s n -l namespace -d 'Namespace of the CGU' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -s o -l output -d 'Format of the answer: text, wide, json, yaml or jsonpath=TEMPLATE' -r -f -a "text\t''
wide\t''
json\t''
yaml\t''
name\t''
jsonpath=\t''"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l tail -d 'Only the last lines' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from logs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from recovery" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from recovery" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from recovery" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from recovery" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from recovery" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from recovery" -s h -l help -d 'Print help'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show how far the backup is on each cluster'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "logs" -d 'Print the log of the backup job on a cluster, and what it means'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "recovery" -d 'Print the steps that bring a node back from its backup'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l to -d 'File to write [default: CLUSTER.kubeconfig]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l context-name -d 'Name of that context [default: CLUSTER]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l merge -d 'Add a context to KUBECONFIG, or to ~/.kube/config; the current context stays'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l force -d 'Replace a file or context that is something else'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l stdout -d 'Print it'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand kubeconfig" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -s o -l output -d 'Format of the answer: text, wide, json, yaml, name or jsonpath=TEMPLATE' -r -f -a "text\t''
wide\t''
json\t''
yaml\t''
name\t''
jsonpath=\t''"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -s h -l help -d 'Print help'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand version" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand version" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand version" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand version" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand version" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand version" -s h -l help -d 'Print help'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and not __fish_seen_subcommand_from install help" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and not __fish_seen_subcommand_from install help" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and not __fish_seen_subcommand_from install help" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and not __fish_seen_subcommand_from install help" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and not __fish_seen_subcommand_from install help" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and not __fish_seen_subcommand_from install help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and not __fish_seen_subcommand_from install help" -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and not __fish_seen_subcommand_from install help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from install" -l dir -d 'Folder on PATH to write to [default: the folder of this program]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from install" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from install" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from install" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from install" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from install" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from install" -s h -l help -d 'Print help'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from help" -f -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "plan" -d 'Show what TALM will do with a ClusterGroupUpgrade before it does it'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "rehearse" -d 'Rehearse a rollout: does it fit the window, and what breaks it'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "upgrade-policy" -d 'Write a policy for Git that upgrades OpenShift'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "status" -d 'Show where rollouts stand: all of them, or one'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "diagnose" -d 'Find out what is wrong with a rollout, the first cause first'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "create" -d 'Create a ClusterGroupUpgrade, after showing what it will do'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "enable" -d 'Start a rollout, after showing what it will do'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "disable" -d 'Keep a rollout from starting'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "abort" -d 'End a rollout that runs'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "retry" -d 'Try again with the clusters that a rollout left behind'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "clone" -d 'Make the same ClusterGroupUpgrade once more, under another name'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "precache" -d 'Pull images onto the nodes before a rollout'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "backup" -d 'Look after the backups that a rollout makes of its nodes'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "kubeconfig" -d 'Fetch the admin kubeconfig of a managed cluster from the hub'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "explain" -d 'Say what a finding or a condition reason means, and what to do'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "version" -d 'Print the version'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "completion" -d 'Print a completion script, or install completion for oc and kubectl'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose create enable disable abort retry clone precache backup kubeconfig explain version completion help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and __fish_seen_subcommand_from precache" -f -a "start" -d 'Let TALM pull the images of a CGU that is not enabled'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and __fish_seen_subcommand_from precache" -f -a "status" -d 'Show how far pre-caching is on each cluster, and what speaks against its configuration'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and __fish_seen_subcommand_from precache" -f -a "logs" -d 'Print the log of the pre-caching job on a cluster, and what it means'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and __fish_seen_subcommand_from precache" -f -a "space" -d 'Measure the space for images on the nodes of a cluster, as the pre-caching job does'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and __fish_seen_subcommand_from backup" -f -a "status" -d 'Show how far the backup is on each cluster'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and __fish_seen_subcommand_from backup" -f -a "logs" -d 'Print the log of the backup job on a cluster, and what it means'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and __fish_seen_subcommand_from backup" -f -a "recovery" -d 'Print the steps that bring a node back from its backup'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and __fish_seen_subcommand_from completion" -f -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
