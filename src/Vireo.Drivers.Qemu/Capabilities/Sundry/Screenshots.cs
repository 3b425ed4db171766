using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Console;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Pictures of guests' screens.</summary>
sealed class Screenshots(QemuConnection connection) : IDomainScreenshot
{
    public async ValueTask<WithStream<string?>> TakeScreenshotAsync(DomainRef domain, uint screen, uint flags, IStreamSink client, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainScreenshot", flags);
        await using var job = await connection.Get(domain).EnterAsync(Job.Query, connection.As("DomainScreenshot"), cancel).ConfigureAwait(false);
        if (job.Snapshot.Live is not { } def)
            throw MachineErrors.NotRunning();
        LiveQemu live = job.RequireLive();
        Video[] cards = [.. def.Devices.Videos];
        if (cards.Length == 0)
            throw QemuErrors.Invalid("no screens to take screenshot from");
        var (card, head) = Find(cards, screen);
        bool png = live.Facts.Has("screenshot-format-png");
        using HandedFile file = HandedFile.Make(connection.Keeper, live, def, "screen");
        try
        {
            await job.AskAsync(new ScreenDump(file.Path, card, head, png ? "png" : null), cancel).ConfigureAwait(false);
            return new WithStream<string?>(png ? "image/png" : "image/x-portable-pixmap", new FileReader(file.Handle, client));
        }
        catch
        {
            file.Handle.Dispose();
            throw;
        }
    }

    // Screens are counted through all cards; the first one needs no name.
    static (string? Card, uint Head) Find(Video[] cards, uint screen)
    {
        if (screen == 0)
            return (null, 0);
        foreach (Video card in cards)
        {
            uint heads = (uint)(card.Model?.Heads ?? 1);
            if (screen < heads)
                return (card.Alias, screen);
            screen -= heads;
        }
        throw QemuErrors.Invalid("no such screen ID");
    }
}
