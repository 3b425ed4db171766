using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Start.Namespaces;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>The steps that give a guest its files and take them back.</summary>
static class FileLabels
{
    /// <summary>Whether files were given away.</summary>
    internal enum Given
    {
        /// <summary>They were: the guest ran.</summary>
        Surely,
        /// <summary>A crash lies between.</summary>
        Perhaps,
    }

    /// <summary>A part of the start for each file, each with its undo.</summary>
    internal static IEnumerable<FlowPart> Give(StartRun run)
    {
        var security = run.Keeper.Security;
        if (security.ImagesOf(run.Live) is not { } ids) return [];
        var onHost = new HostFiles(security.OwnDev);
        return GuestFiles.Of(run.Live, ids).Where(onHost.Has).Select((file, number) => new FlowPart(
            $"file-{number}",
            _ =>
            {
                security.Ownership.Give(file.Path, file.Ids, file.IsReturned);
                return ValueTask.CompletedTask;
            },
            () =>
            {
                if (file.IsReturned) security.Ownership.TakeBack(file.Path, file.Ids);
                return ValueTask.CompletedTask;
            }));
    }

    /// <summary>Takes all files of a run back. One that cannot be taken back keeps no other from it.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="live">The run's definition.</param>
    /// <param name="given">Whether they were given.</param>
    /// <param name="ownDev">It had a /dev of its own.</param>
    internal static void TakeBack(QemuKeeper keeper, DomainDef? live, Given given, bool ownDev)
    {
        if (live is null || keeper.Security.ImagesOf(live) is not { } ids) return;
        List<Exception> failed = [];
        var onHost = new HostFiles(ownDev);
        foreach (var file in GuestFiles.Of(live, ids).Reverse().Where(f => f.IsReturned && onHost.Has(f)))
        {
            try
            {
                keeper.Security.Ownership.TakeBack(file.Path, file.Ids, onlyKept: given == Given.Perhaps);
            }
            catch (Vireo.Core.Errors.VireoException e)
            {
                failed.Add(e);
            }
        }
        if (failed.Count > 0) throw new AggregateException(failed);
    }
}
