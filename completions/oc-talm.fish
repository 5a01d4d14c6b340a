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
complete -c oc-talm -n "__fish_oc_talm_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -s V -l version -d 'Print version'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "plan" -d 'Show what TALM will do with a ClusterGroupUpgrade before it does it'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "status" -d 'Show where rollouts stand: all of them, or one'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "diagnose" -d 'Find out what is wrong with a rollout, the first cause first'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "explain" -d 'Say what a finding or a condition reason means, and what to do'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "version" -d 'Print the version'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "completion" -d 'Print a completion script, or install completion for oc and kubectl'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "__complete" -d 'What `__complete` gets: the words typed after the plugin\'s name, the unfinished one last'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s n -l namespace -d 'Namespace of the CGU' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s f -l filename -d 'File with the CGU; - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s l -l selector -d 'Clusters with these labels; given more than once, any of them may match' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l clusters -d 'These clusters, in this order' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l clusters-from -d 'The clusters named in a file, one a line; - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l policy -d 'Policies to enforce, in this order' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l canary -d 'Clusters that go first, one per batch' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l max-concurrency -d 'Size of a batch' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l rollout-timeout -d 'Time for the whole rollout, such as 4h or 90m [default: 4h]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l batch-timeout-action -d 'What a batch that runs out of time does: continue or abort' -r -f -a "continue\t'The next batch starts'
abort\t'The rollout ends'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l blocked-by -d 'CGUs that must finish first' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l from -d 'Recorded hub: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l now -d 'The time to take for now; for tests' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l width -d 'The width to take for the terminal\'s; for tests' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s o -l output -d 'Format of the answer: text, wide, json or yaml' -r -f -a "text\t'For people'
wide\t'For people, nothing cut'
json\t'One JSON object'
yaml\t'One YAML object'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s n -l namespace -d 'Namespace of the CGU [default: all for the list, else default]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l from -d 'Recorded hub: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l now -d 'The time to take for now; for tests' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l width -d 'The width to take for the terminal\'s; for tests' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s o -l output -d 'Format of the answer: text, wide, json or yaml' -r -f -a "text\t'For people'
wide\t'For people, nothing cut'
json\t'One JSON object'
yaml\t'One YAML object'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s n -l namespace -d 'Namespace of the CGU' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l ztp -d 'The first configuration of this cluster, with the CGU that TALM makes itself' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l from -d 'Recorded hub: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l now -d 'The time to take for now; for tests' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l width -d 'The width to take for the terminal\'s; for tests' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s o -l output -d 'Format of the answer: text, wide, json or yaml' -r -f -a "text\t'For people'
wide\t'For people, nothing cut'
json\t'One JSON object'
yaml\t'One YAML object'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -s o -l output -d 'Format of the answer: text, wide, json or yaml' -r -f -a "text\t'For people'
wide\t'For people, nothing cut'
json\t'One JSON object'
yaml\t'One YAML object'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
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
complete -c oc-talm -n "__fish_oc_talm_using_subcommand __complete" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand __complete" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand __complete" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand __complete" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand __complete" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand __complete" -s h -l help -d 'Print help'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan status diagnose explain version completion __complete help" -f -a "plan" -d 'Show what TALM will do with a ClusterGroupUpgrade before it does it'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan status diagnose explain version completion __complete help" -f -a "status" -d 'Show where rollouts stand: all of them, or one'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan status diagnose explain version completion __complete help" -f -a "diagnose" -d 'Find out what is wrong with a rollout, the first cause first'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan status diagnose explain version completion __complete help" -f -a "explain" -d 'Say what a finding or a condition reason means, and what to do'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan status diagnose explain version completion __complete help" -f -a "version" -d 'Print the version'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan status diagnose explain version completion __complete help" -f -a "completion" -d 'Print a completion script, or install completion for oc and kubectl'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan status diagnose explain version completion __complete help" -f -a "__complete" -d 'What `__complete` gets: the words typed after the plugin\'s name, the unfinished one last'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan status diagnose explain version completion __complete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and __fish_seen_subcommand_from completion" -f -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
