# Names and values are those of the server's own firmware; the hub writes them by Redfish.
BootMode: Uefi
LogicalProc: Enabled
ProcVirtualization: Enabled
SriovGlobalEnable: Enabled
SysProfile: PerfOptimized
