using System.Buffers.Binary;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Save;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Save;

/// <summary>Texts and verdicts as libvirtd 9.0.0 gives them for the same files.</summary>
public class SaveImageTests
{
    const string Xml = "<domain type='qemu'><name>t</name></domain>";

    static byte[] File(string magic = "LibvirtQemudSave", uint version = 2, uint? length = null, uint running = 1, uint packed = 0, uint cookie = 0, string? data = null, bool swap = false)
    {
        byte[] body = Encoding.UTF8.GetBytes((data ?? Xml + "\0") + new string('\0', 64));
        byte[] file = new byte[SaveImage.HeaderSize + body.Length];
        Encoding.ASCII.GetBytes(magic, file);
        uint[] numbers = [version, length ?? (uint)body.Length, running, packed, cookie];
        for (int i = 0; i < numbers.Length; i++)
            if (swap == BitConverter.IsLittleEndian)
                BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(16 + 4 * i), numbers[i]);
            else
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(16 + 4 * i), numbers[i]);
        body.CopyTo(file, SaveImage.HeaderSize);
        return file;
    }

    static void Refuses(byte[] file, string text)
    {
        VireoException refused = Assert.Throws<VireoException>(() => SaveImage.Read(new MemoryStream(file)));
        Assert.Equal((ErrorCode.OperationFailed, ErrorDomain.Qemu, "operation failed: " + text), (refused.Code, refused.Domain, refused.Message));
    }

    [Fact]
    public void What_is_no_saved_machine_is_refused_in_libvirts_words()
    {
        Refuses([], "failed to read qemu header");
        Refuses(File()[..50], "failed to read qemu header");
        Refuses(File(magic: "XXXXXXXXXXXXXXXX"), "image magic is incorrect");
        Refuses(File(magic: "LibvirtQemudPart"), "save image is incomplete");
        Refuses(File(version: 3), "image version is not supported (50331648 > 2)");
        Refuses(File(version: 3, swap: true), "image version is not supported (3 > 2)");
        Refuses(File(length: 0), "invalid header data length: 0");
    }

    [Theory]
    [InlineData(0x7fffffffu, 0u)]
    [InlineData(0xffffffffu, 0u)]
    [InlineData(1000u, 0u)]
    [InlineData(null, 100000u)]
    public void A_length_beyond_the_file_is_refused_before_memory_is_taken(uint? length, uint cookie)
    {
        byte[] file = File(length: length, cookie: cookie);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refuses(file, "failed to read domain XML");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void The_data_is_read_whatever_the_byte_order_and_the_packing()
    {
        foreach (bool swap in (bool[])[false, true])
        {
            SaveImage image = SaveImage.Read(new MemoryStream(File(swap: swap, running: 0, packed: 3, cookie: (uint)Xml.Length + 1, data: Xml + "\0<cookie/>\0")));
            Assert.Equal((Xml, "<cookie/>", false, SaveCompression.Xz), (image.Xml, image.Cookie, image.WasRunning, image.Compression));
        }
        Assert.Equal(Xml, SaveImage.Read(new MemoryStream(File(version: 1, packed: 9))).Xml);
    }

    [Fact]
    public void What_is_written_is_read_again_and_the_state_comes_behind_it()
    {
        var image = new SaveImage { Xml = Xml, Cookie = "<cookie/>", WasRunning = true, Compression = SaveCompression.Lzop };
        var stream = new MemoryStream([.. image.ToBytes(complete: true), 1, 2, 3]);
        SaveImage read = SaveImage.Read(stream);
        Assert.Equal(image with { DataLength = read.DataLength }, read);
        Assert.Equal(1, stream.ReadByte());
        Assert.Equal(Convert.FromHexString("4C69627669727451656D756453617665020000003600010001000000040000002C000000" + new string('0', 112)),
            image.ToBytes(complete: true)[..SaveImage.HeaderSize]);
        Refuses(image.ToBytes(complete: false), "save image is incomplete");
    }

    [Fact]
    public void An_edited_document_must_fit_where_the_old_one_was()
    {
        SaveImage read = SaveImage.Read(new MemoryStream(File()));
        Assert.Equal(File().Length, (read with { Xml = Xml + "<!-- more -->" }).ToBytes(complete: true).Length);
        VireoException refused = Assert.Throws<VireoException>(() => (read with { Xml = Xml + new string(' ', 65) }).ToBytes(complete: true));
        Assert.Equal("operation failed: new xml too large to fit in file", refused.Message);
    }
}
