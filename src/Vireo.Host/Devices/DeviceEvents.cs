using Vireo.Host.Network;

namespace Vireo.Host.Devices;

/// <summary>
/// Hears of devices that come, change and go, by netlink. Only root can send there. Where udev runs, its messages count, which come when it has looked at the
/// device; else the kernel's own.
/// </summary>
public sealed class DeviceEvents : IDisposable
{
    const int UeventProtocol = 15, KernelGroup = 1, UdevGroup = 2, LongestMessage = 64 * 1024;

    readonly NetlinkListener listener = new(UeventProtocol, KernelGroup | UdevGroup);
    readonly string udevControl;

    /// <summary>Listens from now on.</summary>
    /// <param name="udevControl">The file that is there while udev runs.</param>
    public DeviceEvents(string udevControl = "/run/udev/control") => this.udevControl = udevControl;

    /// <summary>The next event.</summary>
    /// <returns>Null: some were lost, and everything must be looked at again.</returns>
    public async Task<DeviceEvent?> NextAsync(CancellationToken cancel)
    {
        byte[] buffer = new byte[LongestMessage];
        while (true)
        {
            if (await listener.ReceiveAsync(buffer, cancel).ConfigureAwait(false) is not { } length)
                return null;
            if (DeviceEvent.Parse(buffer.AsSpan(0, length)) is { } found && (found.FromUdev || !File.Exists(udevControl)))
                return found;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();
}
