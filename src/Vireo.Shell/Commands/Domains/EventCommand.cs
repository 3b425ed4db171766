using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using Vireo.Driver;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;
using Vireo.Shell.Text;

namespace Vireo.Shell.Commands.Domains;

/// <summary>Waits for events and prints them.</summary>
static class EventCommand
{
    public static CommandDef[] All { get; } =
    [
        new("event", "wait for domain events", Run,
            OptionDef.Text("domain", "only of this domain: name, id or uuid"),
            OptionDef.Text("event", "the kind of event to wait for"),
            OptionDef.Flag("all", "every kind of event"),
            OptionDef.Flag("loop", "go on until timeout or interrupt, not only until the first event"),
            OptionDef.Number("timeout", "seconds to wait"),
            OptionDef.Flag("list", "print the kinds of events"),
            OptionDef.Flag("timestamp", "print when each event came"))
        {
            Description = "Prints the kinds of events, or waits for events and prints them.",
            Exclusive = [("all", "event"), ("list", "all"), ("list", "event")],
        },
    ];

    static async ValueTask<bool> Run(ShellSession shell, CommandCall call)
    {
        if (call.Has("list"))
        {
            foreach (string name in EventText.Names)
                shell.Out.Line(name);
            return true;
        }
        DomainEventId[] kinds = Kinds(call);
        int? timeout = call.Milliseconds("timeout");
        DomainRef? only = call.Has("domain") ? await shell.FindDomainAsync(call) : null;

        using var heard = new BlockingCollection<DomainEvent>();
        List<IAsyncDisposable> subscriptions = [];
        try
        {
            foreach (DomainEventId kind in kinds)
            {
                subscriptions.Add(await shell.Calls.Read<IDomainEvents>("virConnectDomainEventRegisterAny")
                    .SubscribeAsync(kind, only, heard.Add, default));
            }
            return Wait(shell, call, heard, timeout);
        }
        finally
        {
            foreach (IAsyncDisposable subscription in subscriptions)
                await subscription.DisposeAsync();
        }
    }

    static DomainEventId[] Kinds(CommandCall call)
    {
        if (call.Has("all"))
            return [.. EventText.Names.Select((_, number) => (DomainEventId)number)];
        if (call.Text("event") is not { } name)
            throw new CommandFailure("one of --list, --all, or --event <type> is required");
        int found = Array.IndexOf(EventText.Names, name);
        return found >= 0 ? [(DomainEventId)found] : throw new CommandFailure($"unknown event type {name}");
    }

    /// <summary>True when there was an event, or when the time was up as it should be after some.</summary>
    static bool Wait(ShellSession shell, CommandCall call, BlockingCollection<DomainEvent> heard, int? timeout)
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
                if (!heard.TryTake(out DomainEvent? raised, left, interrupted.Token))
                {
                    shell.Out.Line("event loop timed out");
                    break;
                }
                count++;
                if (call.Has("timestamp"))
                    shell.Out.Print(DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm:ss.fff'+0000: '", CultureInfo.InvariantCulture));
                shell.Out.Print(EventText.Of(raised));
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
