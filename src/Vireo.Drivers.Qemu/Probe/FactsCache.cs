using System.Security.Cryptography;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Facts.Cache;
using Vireo.Host.Files;

namespace Vireo.Drivers.Qemu.Probe;

/// <summary>
/// What binaries answered, kept where libvirt keeps it and as it writes it: a file for each binary, named by the digest of its path. A file is
/// believed as long as the binary, its modules, this program and the host are what they were when it was written.
/// </summary>
/// <param name="folder">Where the files are.</param>
public sealed class FactsCache(string folder)
{
    /// <summary>The release whose knowledge of QEMU the files hold.</summary>
    const ulong WriterVersion = 9_000_000;

    static readonly string[] moduleFolders = ["/usr/lib/x86_64-linux-gnu/qemu", "/usr/lib/aarch64-linux-gnu/qemu", "/usr/lib64/qemu", "/usr/lib/qemu"];

    /// <summary>The file of a binary.</summary>
    public string FileOf(string binary) => Path.Join(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(binary))) + ".xml");

    /// <summary>What is remembered of a binary; null: nothing, or it holds no more.</summary>
    public QemuFacts? Read(string binary, ProbeHost host)
    {
        try
        {
            CapabilityCache cache = CapabilityCache.Parse(File.ReadAllText(FileOf(binary)));
            return Holds(cache, binary, host) ? cache.ToFacts() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or VireoException)
        {
            return null;
        }
    }

    /// <summary>Remembers. Where that fails, the next start asks again.</summary>
    public void Write(string binary, ProbeHost host, QemuFacts facts)
    {
        try
        {
            AtomicFile.MakeFolder(folder);
            AtomicFile.Write(FileOf(binary), (facts.ToCache() with
            {
                Emulator = binary,
                BinaryChanged = FileTimes.Find(binary, out _)?.Changed,
                ModulesChanged = Modules(),
                WriterChanged = Own(),
                WriterVersion = WriterVersion,
                HostCpuSignature = host.Signature,
                KernelVersion = host.Kernel,
                CpuData = host.CpuData is { } data ? XmlFragment.Parse(data) : null,
                KvmSupportsNesting = host.Nesting,
                KvmSupportsSecureGuest = host.SecureGuest,
            }).ToXml());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or VireoException)
        {
            // Nothing depends on it.
        }
    }

    static bool Holds(CapabilityCache cache, string binary, ProbeHost host) =>
        cache.Emulator == binary && cache.WriterVersion == WriterVersion && cache.WriterChanged == Own()
        && cache.BinaryChanged is { } changed && changed == FileTimes.Find(binary, out _)?.Changed && cache.ModulesChanged == Modules()
        && (!GuestArchs.IsNative(cache.Arch) || HoldsForKvm(cache, host));

    static bool HoldsForKvm(CapabilityCache cache, ProbeHost host) => cache.Flags.Any(static f => f.Name == QemuFlag.Kvm) == host.Kvm
        && (!host.Kvm || (cache.MicrocodeVersion ?? 0) == host.Microcode && cache.HostCpuSignature == host.Signature && cache.KernelVersion == host.Kernel
            && SameCpu(cache.CpuData, host.CpuData) && cache.KvmSupportsNesting == host.Nesting && cache.KvmSupportsSecureGuest == host.SecureGuest);

    // The file has been laid out anew, so texts are compared without blanks.
    static bool SameCpu(XmlFragment? there, string? now) => Bare(there?.Text) == Bare(now);

    static string? Bare(string? text) => text is null ? null : string.Concat(text.Where(static c => !char.IsWhiteSpace(c))).Replace('"', '\'');

    // Under a runtime of its own the program is that runtime, and this code a library beside it.
    static long? Own() => (FileTimes.Find(Path.Join(AppContext.BaseDirectory, "Vireo.Drivers.Qemu.dll"), out _)
        ?? (Environment.ProcessPath is { } program ? FileTimes.Find(program, out _) : null))?.Changed;

    static long? Modules() => moduleFolders.Select(static f => FileTimes.Find(f, out _)?.Modified).FirstOrDefault(static t => t is not null);
}
