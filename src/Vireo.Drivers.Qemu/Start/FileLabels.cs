using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Start.Namespaces;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Security;
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
        var onHost = new HostFiles(run.Keeper.Security.OwnDev);
        return Give(run.Keeper.Security, run.Keeper.Security.Confinement?.FilesOf(run.Live).Where(file => onHost.Has(file.Path)) ?? [],
            run.Keeper.Security.ImagesOf(run.Live) is { } ids ? GuestFiles.Of(run.Live, ids).Where(file => onHost.Has(file.Path)) : []);
    }

    /// <summary>Parts that give files, each with its undo: labels of what confines guests first, then owners, as libvirt does.</summary>
    internal static IEnumerable<FlowPart> Give(QemuSecurity security, IEnumerable<FileLabel> labels, IEnumerable<GuestFile> files) =>
    [
        .. labels.Select((file, number) => new FlowPart($"label-{number}", _ =>
        {
            security.Confinement!.Label(file);
            return ValueTask.CompletedTask;
        }, () =>
        {
            if (file.IsReturned) security.Confinement!.TakeBack(file.Path);
            return ValueTask.CompletedTask;
        })),
        .. files.Select((file, number) => new FlowPart($"file-{number}", _ =>
        {
            security.Ownership.Give(file.Path, file.Ids, file.IsReturned);
            return ValueTask.CompletedTask;
        }, () =>
        {
            if (file.IsReturned) security.Ownership.TakeBack(file.Path, file.Ids);
            return ValueTask.CompletedTask;
        })),
    ];

    /// <summary>Takes all files of a run back. One that cannot be taken back keeps no other from it.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="live">The run's definition.</param>
    /// <param name="given">Whether they were given.</param>
    /// <param name="ownDev">It had a /dev of its own.</param>
    internal static void TakeBack(QemuKeeper keeper, DomainDef? live, Given given, bool ownDev)
    {
        if (live is null) return;
        List<Exception> failed = [];
        var onHost = new HostFiles(ownDev);
        bool onlyKept = given == Given.Perhaps;
        QemuSecurity security = keeper.Security;
        foreach (var file in security.ImagesOf(live) is { } ids ? GuestFiles.Of(live, ids).Reverse().Where(f => f.IsReturned && onHost.Has(f.Path)) : [])
            Try(() => security.Ownership.TakeBack(file.Path, file.Ids, onlyKept));
        foreach (var file in security.Confinement?.FilesOf(live).Reverse().Where(f => f.IsReturned && onHost.Has(f.Path)) ?? [])
            Try(() => security.Confinement!.TakeBack(file.Path, onlyKept));
        if (failed.Count > 0) throw new AggregateException(failed);

        void Try(Action takeBack)
        {
            try
            {
                takeBack();
            }
            catch (Vireo.Core.Errors.VireoException e)
            {
                failed.Add(e);
            }
        }
    }
}
