using Vireo.EndToEnd.Daemon;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Managers;

/// <summary>Our guests whose logs and leases Debian's virtlogd and virtlockd keep.</summary>
public sealed class StockKeepersTests
{
    const int Lines = 1000;
    const string Line = "a line that the guest writes to its console\r\n";

    // Writes the line so often to the first serial port, and halts.
    static byte[] Sector()
    {
        byte[] sector = new byte[1 << 20];
        ReadOnlySpan<byte> code =
        [
            0x31, 0xc0,                                     // xor  ax, ax
            0x8e, 0xd8,                                     // mov  ds, ax
            0xba, 0xf8, 0x03,                               // mov  dx, 0x3f8
            0xb9, Lines & 0xff, Lines >> 8,                 // mov  cx, Lines
            0xbe, 0x1a, 0x7c,                               // line: mov si, text
            0xac,                                           // next: lodsb
            0x84, 0xc0,                                     // test al, al
            0x74, 0x03,                                     // jz   end
            0xee,                                           // out  dx, al
            0xeb, 0xf8,                                     // jmp  next
            0xe2, 0xf3,                                     // end: loop line
            0xf4,                                           // halt: hlt
            0xeb, 0xfd,                                     // jmp  halt
        ];
        code.CopyTo(sector);
        System.Text.Encoding.ASCII.GetBytes(Line).CopyTo(sector, code.Length);
        (sector[510], sector[511]) = (0x55, 0xaa);
        return sector;
    }

    [Fact]
    public async Task A_guests_consoles_and_leases_outlive_the_daemon_and_full_files_are_put_aside()
    {
        Needs.Root();
        Needs.Program("qemu-system-x86_64");
        Needs.Program("virsh");
        Needs.Program("virtlogd");
        Needs.Program("virtlockd");
        await using var rig = new ManagerRig();
        rig.Configure("qemu.conf", "lock_manager = \"lockd\"\n");
        await rig.StartStockAsync("virtlogd", "max_size = 16384\nmax_backups = 20\n");
        await rig.StartStockAsync("virtlockd", "");
        RunningProgram daemon = await rig.StartDaemonAsync();
        string disk = rig.Image("disk"), folder = Path.Join(rig.Root, "consoles"), file = Path.Join(folder, "file"), log = Path.Join(folder, "log");
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(disk, Sector(), TestContext.Current.CancellationToken);
        string xml = Path.Join(rig.Root, "g.xml");
        await File.WriteAllTextAsync(xml, $"""
            <domain type='qemu'><name>g</name><memory unit='MiB'>32</memory><vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os>
            <devices>
              <disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='{disk}'/><target dev='vda' bus='virtio'/></disk>
              <serial type='file'><source path='{file}'/><log file='{log}' append='on'/></serial>
            </devices></domain>
            """, TestContext.Current.CancellationToken);
        await DoneAsync("create", xml);
        await using var locks = new ManagerCalls(rig.LockSocket);
        await locks.RegisterAsync(1_000_001);
        Assert.False(await locks.IsFreeAsync(disk));
        await WrittenAsync(1);

        await DaemonProgram.SignalAsync(daemon.Pid, "KILL");
        await daemon.EndAsync();
        Assert.False(await locks.IsFreeAsync(disk));
        await rig.StartDaemonAsync();
        await DaemonProgram.UntilAsync(async () => (await rig.VirshAsync("domstate", "g")).Output.Trim() is "running", () => "the guest is not running");
        await DoneAsync("reset", "g");      // it begins anew, and writes on
        await WrittenAsync(2);
        Assert.False(await locks.IsFreeAsync(disk));

        await DoneAsync("destroy", "g");
        Assert.True(await locks.IsFreeAsync(disk));
        Assert.EndsWith(": shutting down, reason=destroyed\n", await File.ReadAllTextAsync(rig.LogFile("g"), TestContext.Current.CancellationToken));

        async Task DoneAsync(params string[] words)
        {
            CommandResult said = await rig.VirshAsync(words);
            Assert.True(said.ExitCode == 0, said.ToString());
        }

        async Task WrittenAsync(int boots)
        {
            string all = string.Concat(Enumerable.Repeat(Line, boots * Lines));
            foreach (string console in (string[])[file, log])
            {
                string now = "";
                await DaemonProgram.UntilAsync(async () => (now = await AllOfAsync(console)) == all, () => $"{console}: {now.Length} bytes and not {all.Length}: {now}");
                Assert.True(File.Exists(console + ".0"));
                Assert.InRange(new FileInfo(console + ".0").Length, 16384 - 80, 16384);
            }
        }

        // The oldest has the highest number.
        async Task<string> AllOfAsync(string console)
        {
            string all = "";
            foreach (string part in Directory.EnumerateFiles(folder, Path.GetFileName(console) + "*")
                .OrderByDescending(part => part == console ? -1 : int.Parse(part[(console.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture)))
                all += File.Exists(part) ? await File.ReadAllTextAsync(part) : "";      // which may be put aside meanwhile
            return all;
        }
    }
}
