using Vireo.Driver;
using Vireo.Driver.Keys;
using Xunit;

namespace Vireo.Tests;

public sealed class KeyMapTests
{
    [Theory]
    [InlineData(KeycodeSet.Linux, KeycodeSet.Xt, 96, 0xe01c)]
    [InlineData(KeycodeSet.Linux, KeycodeSet.XtKbd, 96, 0x11c)]
    [InlineData(KeycodeSet.Linux, KeycodeSet.Qnum, 96, 0x9c)]
    [InlineData(KeycodeSet.Linux, KeycodeSet.Usb, 43, 50)]
    [InlineData(KeycodeSet.Linux, KeycodeSet.Win32, 29, 17)]
    [InlineData(KeycodeSet.Linux, KeycodeSet.Osx, 84, 255)]
    [InlineData(KeycodeSet.Qnum, KeycodeSet.Linux, 0x9c, 96)]
    public void Numbers_are_translated_as_stock_does(KeycodeSet from, KeycodeSet to, int value, int translated) => Assert.Equal(translated, KeyMap.Translate(from, to, value));

    [Fact]
    public void What_is_no_key_has_no_number()
    {
        Assert.Null(KeyMap.Translate(KeycodeSet.Linux, KeycodeSet.Linux, 9999));
        Assert.Null(KeyMap.Translate((KeycodeSet)77, KeycodeSet.Linux, 1));
        Assert.Null(KeyMap.Find(KeycodeSet.Usb, "KEY_ESC"));
        Assert.Null(KeyMap.Find(KeycodeSet.Osx, ""));
        Assert.Equal(13, KeyMap.Find(KeycodeSet.Win32, "VK_RETURN"));
    }
}
