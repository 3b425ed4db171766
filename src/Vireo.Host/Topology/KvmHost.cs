using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Topology;

/// <summary>The time stamp counter as KVM gives it to a guest.</summary>
/// <param name="Hertz">Its frequency.</param>
/// <param name="Scaling">Can a guest get another frequency?</param>
public readonly record struct TscInfo(ulong Hertz, bool Scaling);

/// <summary>What only the KVM device, or the registers behind it, can tell of the host.</summary>
/// <param name="device">The device, /dev/kvm.</param>
public sealed unsafe partial class KvmHost(string device = "/dev/kvm")
{
    const nuint CreateVm = 0xAE01, CheckExtension = 0xAE03, CreateVcpu = 0xAE41, GetTscKhz = 0xAEA3, GetMsrs = 0xC008AE88;
    const nint UsualVcpus = 9, TscControl = 60, MostVcpus = 66;

    /// <summary>The most virtual CPUs that KVM gives a guest; null where KVM is not usable.</summary>
    public int? MaxVcpus()
    {
        using SafeFileHandle? kvm = Open();
        if (kvm is null)
            return null;
        int most = ioctl(kvm, CheckExtension, MostVcpus);
        if (most <= 0)
            most = ioctl(kvm, CheckExtension, UsualVcpus);
        return most > 0 ? most : 4;         // what kernels gave before they told
    }

    /// <summary>The counter's frequency; null where KVM is not usable. Makes a machine of no memory for a moment.</summary>
    public TscInfo? Tsc()
    {
        using SafeFileHandle? kvm = Open();
        if (kvm is null)
            return null;
        using var vm = new SafeFileHandle(ioctl(kvm, CreateVm, 0), ownsHandle: true);
        if (vm.IsInvalid)
            return null;
        using var vcpu = new SafeFileHandle(ioctl(vm, CreateVcpu, 0), ownsHandle: true);
        int khz = vcpu.IsInvalid ? -1 : ioctl(vcpu, GetTscKhz, 0);
        return khz <= 0 ? null : new TscInfo((ulong)khz * 1000, ioctl(kvm, CheckExtension, TscControl) > 0);
    }

    /// <summary>A model specific register of the host: from KVM, else from the msr driver; null if neither tells.</summary>
    public ulong? Msr(uint index)
    {
        using SafeFileHandle? kvm = Open();
        if (kvm is not null)
        {
            byte* list = stackalloc byte[24];
            var words = new Span<byte>(list, 24);
            words.Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(words, 1);
            BinaryPrimitives.WriteUInt32LittleEndian(words[8..], index);
            if (ioctl(kvm, GetMsrs, (nint)list) == 1)
                return BinaryPrimitives.ReadUInt64LittleEndian(words[16..]);
        }
        try
        {
            using SafeFileHandle msr = File.OpenHandle("/dev/cpu/0/msr");
            Span<byte> value = stackalloc byte[8];
            return RandomAccess.Read(msr, value, index) == value.Length ? BinaryPrimitives.ReadUInt64LittleEndian(value) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    SafeFileHandle? Open()
    {
        try
        {
            return File.OpenHandle(device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc.so.6", SetLastError = true)]
    private static partial int ioctl(SafeHandle fd, nuint request, nint argument);
}
