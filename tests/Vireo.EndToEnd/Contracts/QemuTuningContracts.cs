using Vireo.Driver;
using Vireo.EndToEnd.Qemu;
using Vireo.Tests.Contracts;

namespace Vireo.EndToEnd.Contracts;

/// <summary>The same with a card that has a device of the host: only such a card can be limited.</summary>
public sealed class QemuWithTap : IDomainSubject
{
    readonly QemuSubject subject = new();

    public ValueTask<IDriverConnection> OpenAsync() => subject.OpenAsync();

    public void Hear() { }

    public ValueTask DisposeAsync() => subject.DisposeAsync();

    public string Definition(string name) => subject.Definition(name).Replace("<interface type='user'>", "<interface type='ethernet'>", StringComparison.Ordinal);
}

public sealed class QemuMemory : DomainMemoryContract<QemuSubject>;
public sealed class QemuMemoryParameters : DomainMemoryParametersContract<QemuSubject>;
public sealed class QemuNumaParameters : DomainNumaParametersContract<QemuSubject>;
public sealed class QemuNumaChanges : DomainNumaChangesContract<QemuSubject>;
public sealed class QemuPins : DomainPinsContract<QemuSubject>;
public sealed class QemuIoThreads : DomainIoThreadsContract<QemuSubject>;
public sealed class QemuScheduler : DomainSchedulerContract<QemuSubject>;
public sealed class QemuSchedulerParameters : DomainSchedulerParametersContract<QemuSubject>;
public sealed class QemuSchedulerChanges : DomainSchedulerChangesContract<QemuSubject>;
public sealed class QemuLifecycleActions : DomainLifecycleActionsContract<QemuSubject>;
public sealed class QemuPerfEvents : DomainPerfEventsContract<QemuSubject>;
public sealed class QemuBlkioParameters : DomainBlkioParametersContract<QemuSubject>;
public sealed class QemuBlockIoTune : DomainBlockIoTuneContract<QemuSubject>;
public sealed class QemuInterfaceParameters : DomainInterfaceParametersContract<QemuWithTap>;
public sealed class QemuDiskErrors : DomainDiskErrorsContract<QemuSubject>;
public sealed class QemuKeys : DomainKeysContract<QemuSubject>;
public sealed class QemuNmi : DomainNmiContract<QemuSubject>;
public sealed class QemuCoreDump : DomainCoreDumpContract<QemuSubject>;
public sealed class QemuCoreDumpFormats : DomainCoreDumpFormatsContract<QemuSubject>;
public sealed class QemuRename : DomainRenameContract<QemuSubject>;
public sealed class QemuMemoryPeek : DomainMemoryPeekContract<QemuSubject>;
public sealed class QemuNodePages : NodePagesContract<QemuSubject>;
public sealed class QemuScreenshot : DomainScreenshotContract<QemuWithScreen>;

/// <summary>The same with a screen.</summary>
public sealed class QemuWithScreen : IDomainSubject
{
    readonly QemuSubject subject = new();

    public ValueTask<IDriverConnection> OpenAsync() => subject.OpenAsync();

    public void Hear() { }

    public ValueTask DisposeAsync() => subject.DisposeAsync();

    public string Definition(string name) => subject.Definition(name).Replace("<memballoon", "<video><model type='vga'/></video><memballoon", StringComparison.Ordinal);
}
