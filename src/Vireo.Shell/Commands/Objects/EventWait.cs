using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Objects;

/// <summary>Waits for events that were subscribed to, and prints them as the options of an event command say.</summary>
static class EventWait
{
    /// <summary>The options that every such command ends with.</summary>
    public static OptionDef[] OptionsAfter(params OptionDef[] first) =>
    [
        .. first,
        OptionDef.Flag("loop", "go on until timeout or interrupt, not only until the first event"),
        OptionDef.Number("timeout", "seconds to wait"),
        OptionDef.Flag("list", "print the kinds of events"),
        OptionDef.Flag("timestamp", "print when each event came"),
    ];

    /// <summary>The number of the kind that --event names.</summary>
    public static int Kind(CommandCall call, string[] names)
    {
        if (call.Text("event") is not { } name)
            throw new CommandFailure("either --list or --event <type> is required");
        int found = Array.IndexOf(names, name);
        return found >= 0 ? found : throw new CommandFailure($"unknown event type {name}");
    }

    /// <summary>Subscribes, waits and prints. True: there was an event.</summary>
    public static async ValueTask<bool> RunAsync<T>(
        ShellSession shell, CommandCall call, int? timeout, Func<Action<T>, ValueTask<IAsyncDisposable>> subscribe, Func<T, string> text)
    {
        using var heard = new BlockingCollection<T>();
        IAsyncDisposable subscription = await subscribe(heard.Add);
        try
        {
            return Print(shell, call, heard, timeout, text);
        }
        finally
        {
            await subscription.DisposeAsync();
        }
    }

    static bool Print<T>(ShellSession shell, CommandCall call, BlockingCollection<T> heard, int? timeout, Func<T, string> text)
    {
        using var interrupted = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            interrupted.Cancel();
        });
        long end = timeout is { } most ? Environment.TickCount64 + most : long.MaxValue;
        int count = 0;
        shell.Out.Flush();
        try
        {
            do
            {
                int left = timeout is null ? Timeout.Infinite : (int)Math.Max(0, end - Environment.TickCount64);
                if (!heard.TryTake(out T? raised, left, interrupted.Token))
                {
                    shell.Out.Line("event loop timed out");
                    break;
                }
                count++;
                if (call.Has("timestamp"))
                    shell.Out.Print(DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm:ss.fff'+0000: '", CultureInfo.InvariantCulture));
                shell.Out.Line(text(raised));
                shell.Out.Flush();
            }
            while (call.Has("loop"));
        }
        catch (OperationCanceledException)
        {
            shell.Out.Line("event loop interrupted");
        }
        shell.Out.Line($"events received: {count}");
        return count > 0;
    }
}
