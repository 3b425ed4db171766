using System.Buffers.Binary;
using System.Text;
using Vireo.Host.Images;
using Xunit;

namespace Vireo.Tests.Host.Images;

public sealed class Qcow2HeaderTests
{
    static byte[] Image(uint version, string? name, string? format)
    {
        byte[] image = new byte[512];
        BinaryPrimitives.WriteUInt32BigEndian(image, 0x514649fb);
        BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(4), version);
        int at = version == 3 ? 104 : 72;
        if (version == 3)
            BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(100), 104);
        if (format is not null)
        {
            BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(at), 0xe2792aca);
            BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(at + 4), (uint)format.Length);
            Encoding.ASCII.GetBytes(format, image.AsSpan(at + 8));
            at += 8 + ((format.Length + 7) & ~7);
        }
        if (name is not null)
        {
            BinaryPrimitives.WriteUInt64BigEndian(image.AsSpan(8), (ulong)at + 8);
            BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(16), (uint)name.Length);
            Encoding.ASCII.GetBytes(name, image.AsSpan(at + 8));
        }
        return image;
    }

    [Theory]
    [InlineData(2, "base.img", "raw")]
    [InlineData(3, "/images/base.qcow2", "qcow2")]
    [InlineData(3, "base.img", null)]
    [InlineData(3, null, null)]
    public void The_image_below_is_named_with_its_format(uint version, string? name, string? format) =>
        Assert.Equal(new Qcow2Header(name, format), Qcow2Header.Parse(Image(version, name, format)));

    [Fact]
    public void Cut_off_and_foreign_images_are_none()
    {
        byte[] image = Image(3, "base.img", "raw");
        for (int length = 0; length < image.Length; length++)
            Qcow2Header.Parse(image.AsSpan(0, length));
        Assert.Null(Qcow2Header.Parse(new byte[512]));
        Assert.Null(Qcow2Header.Parse(image.AsSpan(0, 71)));
        image[4 + 3] = 9;
        Assert.Null(Qcow2Header.Parse(image));
    }
}
