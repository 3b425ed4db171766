using System.Diagnostics;
using Xunit;

namespace Vireo.EndToEnd.Harness;

/// <summary>A system bus of a test's own, and the services that the test has on it.</summary>
/// <param name="folder">Where its socket is.</param>
public sealed class PrivateBus(string folder) : IAsyncDisposable
{
    readonly List<Process> helpers = [];

    /// <summary>Where it listens.</summary>
    public string Address => $"unix:path={folder}/bus";

    /// <summary>What programs that shall find it are started with.</summary>
    public Dictionary<string, string?> Variables => new() { ["DBUS_SYSTEM_BUS_ADDRESS"] = Address };

    /// <summary>Starts it: whoever comes may do everything.</summary>
    public async Task StartAsync()
    {
        string config = Path.Join(folder, "bus.conf");
        await File.WriteAllTextAsync(config, $"""
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig><type>system</type><listen>{Address}</listen><auth>EXTERNAL</auth>
              <policy context="default"><allow user="*"/><allow own="*"/><allow send_type="method_call"/><allow send_type="signal"/>
                <allow send_requested_reply="true" send_type="method_return"/><allow send_requested_reply="true" send_type="error"/>
                <allow receive_type="method_call"/><allow receive_type="method_return"/><allow receive_type="error"/><allow receive_type="signal"/></policy></busconfig>
            """);
        Process bus = Start("dbus-daemon", "--config-file", config, "--nofork", "--nopidfile", "--print-address");
        await bus.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends it before the services do.</summary>
    public async Task StopAsync()
    {
        helpers[0].Kill();
        await helpers[0].WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Starts a program that finds the bus, and ends with it.</summary>
    public Process Start(string program, params string[] arguments) => Take(Command.Start(Needs.Program(program), arguments, Variables));

    /// <summary>Has a program end with the bus.</summary>
    public Process Take(Process started)
    {
        helpers.Add(started);
        return started;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (Process helper in helpers)
        {
            if (!helper.HasExited)
                helper.Kill();
            await helper.WaitForExitAsync();
            helper.Dispose();
        }
    }
}
