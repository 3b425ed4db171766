using System.Diagnostics;
using Xunit;

namespace Vireo.EndToEnd.Harness;

/// <summary>
/// A guest with Debian's kernel on this machine's own files, as eng/make-systemd-guest makes it: for what needs another kernel or a systemd of its own.
/// Whoever has one fills <see cref="Share"/>, which is /mnt there, and reads what was said at its console.
/// </summary>
public sealed class KernelGuest : IDisposable
{
    readonly string qemu, files, made;

    /// <summary>Skips the test where there cannot be one.</summary>
    public KernelGuest()
    {
        Needs.Root();
        (qemu, files) = (Needs.Program("qemu-system-x86_64"), Needs.Program("/usr/lib/qemu/virtiofsd"));
        Bin = Environment.GetEnvironmentVariable("VIREO_BIN") ?? "";
        made = Path.Join(Bin, "../systemd-guest");
        Assert.SkipUnless(File.Exists(Path.Join(Bin, "vireod")), "VIREO_BIN has no native vireod");
        Assert.SkipUnless(File.Exists(Path.Join(made, "initrd.img")), "eng/make-systemd-guest has not made its guest");
        Share = Directory.CreateTempSubdirectory("vireo-guest-").FullName;
        foreach (string name in (string[])["vireod", "vireo-launcher"])
            File.Copy(Path.Join(Bin, name), Path.Join(Share, name));
    }

    /// <summary>The folder of the native programs.</summary>
    public string Bin { get; }

    /// <summary>What the guest sees at /mnt: vireod, its launcher, and what is put there.</summary>
    public string Share { get; }

    /// <summary>The kernel's modules for storage.</summary>
    public string Modules => Path.Join(made, "modules");

    /// <summary>Boots it and waits for its end.</summary>
    /// <param name="words">More for the kernel's command line.</param>
    /// <param name="minutes">When it is given up: many times what it takes on a quiet machine.</param>
    /// <returns>What was said at its console.</returns>
    public async Task<string> BootAsync(string words, int minutes = 10)
    {
        string socket = Path.Join(Share, "root.sock");
        using Process served = Command.Start(files, [$"--socket-path={socket}", "-o", "source=/", "-o", "cache=always", "-o", "sandbox=chroot", "-o", "no_posix_lock"]);
        _ = served.StandardError.ReadToEndAsync();
        try
        {
            for (int i = 0; i < 1000 && !File.Exists(socket); i++)
                await Task.Delay(10, TestContext.Current.CancellationToken);
            using Process machine = Command.Start(qemu,
            [
                "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m", "1024", "-machine", "q35,memory-backend=mem",
                "-object", "memory-backend-memfd,id=mem,size=1024M,share=on", "-chardev", $"socket,id=root,path={socket}", "-device", "vhost-user-fs-pci,chardev=root,tag=root",
                "-kernel", Path.Join(made, "vmlinuz"), "-initrd", Path.Join(made, "initrd.img"), "-nodefaults", "-display", "none", "-no-reboot", "-serial", "stdio",
                "-append", $"console=ttyS0 quiet panic=-1 vireo.share={Share} {words}",
            ]);
            machine.StandardInput.Close();
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
                patience.CancelAfter(TimeSpan.FromMinutes(minutes));
                string said = await machine.StandardOutput.ReadToEndAsync(patience.Token);
                return said.Replace("\r", "", StringComparison.Ordinal);
            }
            finally
            {
                if (!machine.HasExited) machine.Kill();
            }
        }
        finally
        {
            if (!served.HasExited) served.Kill();
        }
    }

    /// <summary>What was said under each heading (<c>### NAME</c>), without empty lines.</summary>
    public static Dictionary<string, string> Parts(string said) => said.Split("### ").Skip(1).Select(static part => part.Split('\n', 2))
        .ToDictionary(static part => part[0], static part => string.Join('\n', part[1].Split('\n').Where(static line => line.Length > 0)));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Share, recursive: true);
}
