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
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "version" -d 'Print the version'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "completion" -d 'Print a completion script, or install completion for oc and kubectl'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "__complete" -d 'What `__complete` gets: the words typed after the plugin\'s name, the unfinished one last'
complete -c oc-ibu -n "__fish_oc_ibu_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from version completion __complete help" -f -a "version" -d 'Print the version'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from version completion __complete help" -f -a "completion" -d 'Print a completion script, or install completion for oc and kubectl'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from version completion __complete help" -f -a "__complete" -d 'What `__complete` gets: the words typed after the plugin\'s name, the unfinished one last'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and not __fish_seen_subcommand_from version completion __complete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ibu -n "__fish_oc_ibu_using_subcommand help; and __fish_seen_subcommand_from completion" -f -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
