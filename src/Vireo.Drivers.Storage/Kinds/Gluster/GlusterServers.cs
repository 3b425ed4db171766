using Vireo.Drivers.Storage.Discovery;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Gluster;

/// <summary>Asks servers of Gluster.</summary>
static class GlusterServers
{
    /// <summary>The volumes that a server offers, as sources of pools; none if it does not answer, or the program that asks is not installed.</summary>
    public static async ValueTask<IReadOnlyList<StoragePoolSource>> FindAsync(StorageKeeper keeper, string host, StoragePoolType type, CancellationToken cancel) =>
        keeper.Programs.Find("gluster") is not null
            && await keeper.Programs.TryAsync("gluster", ["--xml", "--log-file=/dev/null", "volume", "info", "all", $"--remote-host={host}"], cancel).ConfigureAwait(false)
                is { Status.IsSuccess: true } volumes ? GlusterVolumes.Sources(volumes.Output, host, type).Sources : [];
}
