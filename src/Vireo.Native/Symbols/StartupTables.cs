using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Unpacks the tables of a library when it is built, not when it starts. The compiler packs them into commands (DehydratedData of the runtime), which the runtime would carry out one by one
/// in every process. What they make goes into the library's section .startup_image instead, as it is before the library has an address, and behind it a bit for each word that is
/// an address; Abi/shim makes the tables out of that. The commands are taken from the runtime's sight, and left where they are.
/// </summary>
public sealed class StartupTables : Task
{
    const ulong Mark = 0x00525452; // "RTR", of ReadyToRunHeader
    const int KnownFormat = 16, HeaderSize = 16, RowSize = 24, DehydratedData = 207, Nothing = 0, RelativeReloc = 8, NoBits = 8;

    /// <summary>The library, which is changed in place. It may have been before.</summary>
    [Required] public string Library { get; set; }

    byte[] file;
    readonly Dictionary<string, Section> sections = new Dictionary<string, Section>();
    readonly Dictionary<ulong, ulong> pointers = new Dictionary<ulong, ulong>();

    sealed class Section
    {
        public ulong Address, Offset, Size;
        public uint Kind;
    }

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            file = File.ReadAllBytes(Library);
            ReadSections();
            ReadPointers();
            Change();
            return true;
        }
        catch (InvalidDataException wrong)
        {
            Log.LogError("{0}: {1}", Library, wrong.Message);
            return false;
        }
    }

    void Change()
    {
        Section image = Named(".startup_image"), tables = Named(".hydrated");
        ulong header = pointers[Named("__modules").Address];
        if (U32(At(header)) != Mark || U16(At(header) + 4) != KnownFormat)
            throw new InvalidDataException("its header is of a format that is not known here");
        ulong row = RowOf(header, DehydratedData);
        if (row == 0 && U64(At(image.Address)) != 0)
            return;
        if (row == 0)
            throw new InvalidDataException("there are no packed tables in it");

        byte[] unpacked = new byte[tables.Size], words = new byte[(tables.Size + 511) / 512 * 8];
        if (image.Size < (ulong)(unpacked.Length + words.Length))
            throw new InvalidDataException("its .startup_image is too small");
        Unpack(pointers[row + 8], pointers[row + 16], tables.Address, unpacked, words);
        unpacked.CopyTo(file, (int)image.Offset);
        words.CopyTo(file, (int)image.Offset + unpacked.Length);
        BitConverter.GetBytes(Nothing).CopyTo(file, At(row));
        File.WriteAllBytes(Library, file);
    }

    /// <summary>Carries out the commands from <paramref name="start"/> to <paramref name="end"/>, behind which the addresses are that some of them have the numbers of.</summary>
    void Unpack(ulong start, ulong end, ulong tables, byte[] to, byte[] words)
    {
        if (Target(start) != tables)
            throw new InvalidDataException("its packed tables are not those of .hydrated");
        int from = At(start) + 4, stop = At(start) + (int)(end - start), at = 0;
        while (from < stop)
        {
            int command = file[from] & 7, count = file[from++] >> 3;
            if (count > 28) // the number goes on, in one to three bytes
            {
                int more = count - 28;
                count = 28;
                for (int i = 0; i < more; i++)
                    count += file[from++] << (8 * i);
            }
            switch (command)
            {
                case 0: // bytes
                    Array.Copy(file, from, to, at, count);
                    from += count;
                    at += count;
                    break;
                case 1: // zeros
                    at += count;
                    break;
                case 2: // a distance to an address that has a number
                    Distance(Target(end + 4 * (ulong)count));
                    break;
                case 3: // such an address itself
                    Address(Target(end + 4 * (ulong)count));
                    break;
                case 4: // distances to addresses that stand here
                    for (; count > 0; count--, from += 4)
                        Distance(Target(AddressOf(from)));
                    break;
                case 5: // and they themselves
                    for (; count > 0; count--, from += 4)
                        Address(Target(AddressOf(from)));
                    break;
                default:
                    throw new InvalidDataException("command " + command + " of its packed tables is not known here");
            }
        }
        if (at != to.Length)
            throw new InvalidDataException("its packed tables end early");

        ulong AddressOf(int offset) => start + (ulong)(offset - At(start));
        void Distance(ulong target)
        {
            BitConverter.GetBytes((int)((long)target - (long)(tables + (ulong)at))).CopyTo(to, at);
            at += 4;
        }
        void Address(ulong target)
        {
            if (at % 8 != 0)
                throw new InvalidDataException("an address among the tables is not aligned");
            BitConverter.GetBytes(target).CopyTo(to, at);
            words[at / 64] |= (byte)(1 << (at / 8 % 8));
            at += 8;
        }
    }

    void ReadSections()
    {
        int first = (int)U64(0x28), size = U16(0x3A), count = U16(0x3C);
        int names = (int)U64(first + size * U16(0x3E) + 24);
        for (int at = first; at < first + size * count; at += size)
        {
            int name = names + (int)U32(at), length = Array.IndexOf(file, (byte)0, name) - name;
            sections[Encoding.ASCII.GetString(file, name, length)] = new Section { Kind = U32(at + 4), Address = U64(at + 16), Offset = U64(at + 24), Size = U64(at + 32) };
        }
    }

    /// <summary>What the words hold that the loader adds the library's address to.</summary>
    void ReadPointers()
    {
        Section all = Named(".rela.dyn");
        for (int at = (int)all.Offset; at < (int)(all.Offset + all.Size); at += 24)
        {
            if (U64(at + 8) == RelativeReloc)
                pointers[U64(at)] = U64(at + 16);
        }
    }

    ulong RowOf(ulong header, uint id)
    {
        int count = U16(At(header) + 12);
        for (int i = 0; i < count; i++)
        {
            ulong row = header + HeaderSize + (ulong)(i * RowSize);
            if (U32(At(row)) == id)
                return row;
        }
        return 0;
    }

    Section Named(string name) => sections.TryGetValue(name, out Section found) ? found : throw new InvalidDataException("it has no section " + name);

    /// <summary>What the distance at an address leads to.</summary>
    ulong Target(ulong address) => (ulong)((long)address + (int)U32(At(address)));

    /// <summary>Where in the file an address is.</summary>
    int At(ulong address)
    {
        foreach (Section section in sections.Values)
        {
            if (section.Kind != NoBits && section.Address != 0 && address >= section.Address && address < section.Address + section.Size)
                return (int)(section.Offset + (address - section.Address));
        }
        throw new InvalidDataException("nothing of the file is at address " + address.ToString("x"));
    }

    ushort U16(int at) => BitConverter.ToUInt16(file, at);
    uint U32(int at) => BitConverter.ToUInt32(file, at);
    ulong U64(int at) => BitConverter.ToUInt64(file, at);
}
