namespace Vireo.EndToEnd.Qemu;

/// <summary>Guests of 512 bytes: a boot sector that writes to one port, once in the life of the machine, and then waits.</summary>
static class BootSector
{
    /// <summary>Tells pvpanic that the system panicked.</summary>
    internal static readonly byte[] Panic = [0xBA, 0x05, 0x05, 0xB0, 0x01, 0xEE];

    /// <summary>Turns the power off by ACPI's control register of the "pc" machine.</summary>
    internal static readonly byte[] PowerOff = [0xBA, 0x04, 0x06, 0xB8, 0x00, 0x20, 0xEF];

    /// <summary>Resets the machine.</summary>
    internal static readonly byte[] Reset = [0xBA, 0xF9, 0x0C, 0xB0, 0x06, 0xEE];

    /// <summary>Writes a disk that boots and does this.</summary>
    /// <param name="path">The file.</param>
    /// <param name="action">Machine code.</param>
    internal static void Write(string path, byte[] action)
    {
        byte[] disk = new byte[65536];
        byte[] code =
        [
            0xB0, 0x50, 0xE6, 0x70, 0xE4, 0x71,                 // al = cmos[0x50], which outlives a reset
            0x3C, 0x55, 0x74, (byte)(8 + action.Length),        // done before? then wait
            0xB0, 0x50, 0xE6, 0x70, 0xB0, 0x55, 0xE6, 0x71,     // cmos[0x50] = 0x55
            .. action,
            0xFA, 0xF4, 0xEB, 0xFC,                             // cli; hlt; again
        ];
        code.CopyTo(disk, 0);
        disk[510] = 0x55;
        disk[511] = 0xAA;
        File.WriteAllBytes(path, disk);
    }
}
