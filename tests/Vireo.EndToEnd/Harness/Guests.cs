namespace Vireo.EndToEnd.Harness;

/// <summary>Documents of guests that the tests start. They need no disk and boot nothing.</summary>
public static class Guests
{
    /// <summary>A machine with a serial console, emulated by TCG.</summary>
    public static string Tiny(string name, string? uuid = null) => $"""
        <domain type='qemu'>
          <name>{name}</name>{(uuid is null ? "" : $"\n  <uuid>{uuid}</uuid>")}
          <memory unit='MiB'>32</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <devices>
            <serial type='pty'/>
            <console type='pty'/>
          </devices>
        </domain>
        """;
}
