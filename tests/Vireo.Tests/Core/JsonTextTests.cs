using System.Text.Json.Nodes;
using Vireo.Core.Errors;
using Vireo.Core.Json;
using Xunit;

namespace Vireo.Tests.Texts;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("\"\\u00e9\\ud83d\\ude00\\/\\u0001\\u007f<>&'+\"", "\"é😀/\\u0001\u007f<>&'+\"")]
    [InlineData("1.0", "1.0")]
    [InlineData("1E+5", "1E+5")]
    [InlineData("-0", "-0")]
    [InlineData("99999999999999999999999999999", "99999999999999999999999999999")]
    [InlineData("\"\\b\\f\\n\\r\\t\"", "\"\\b\\f\\n\\r\\t\"")]
    [InlineData("{\"\":1}", "{\"\":1}")]
    [InlineData("null", "null")]
    public void Values_are_written_as_stock_writes_them(string text, string written) => Assert.Equal(written, JsonText.Compact(JsonText.Parse(text)));

    [Theory]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{}x")]
    [InlineData("NaN")]
    [InlineData("\"a\tb\"")]
    [InlineData("\"\\x\"")]
    [InlineData("'a'")]
    [InlineData("[1 2]")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\ud800\":1}")]
    public void What_is_not_json_is_refused(string text) =>
        Assert.Equal(ErrorCode.InternalError, Assert.Throws<VireoException>(() => JsonText.Parse(text)).Code);

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() => Assert.Throws<VireoException>(() => JsonText.Parse("\"\u0080\"".Select(static c => (byte)c).ToArray()));

    [Fact]
    public void Endless_nesting_is_refused() => Assert.Throws<VireoException>(() => JsonText.Parse(new string('[', 100_000)));

    [Theory]
    [InlineData("{\"a\":{\"x\":1},\"a.b\":2}", "{\"a\":{\"x\":1,\"b\":2}}")]
    [InlineData("{\".a\":1}", "{\"\":{\"a\":1}}")]
    [InlineData("{\"a\":[{\"x.y\":1}]}", "{\"a\":[{\"x.y\":1}]}")]
    public void Keys_with_dots_become_objects(string flat, string nested) => Assert.Equal(nested, JsonText.Compact(JsonText.Deflatten(JsonText.Parse(flat))));

    [Theory]
    [InlineData("{\"a.b\":1,\"a\":{}}", "invalid argument: can't deflatten colliding key 'a'")]
    [InlineData("{\"a.b.c\":1,\"a.b\":{}}", "invalid argument: can't deflatten colliding key 'b'")]
    [InlineData("{\"a\":1,\"a.b\":2}", "invalid argument: mixing nested objects and values is forbidden in JSON deflattening")]
    [InlineData("[1]", "invalid argument: mixing nested objects and values is forbidden in JSON deflattening")]
    public void Keys_that_collide_are_refused(string flat, string message) =>
        Assert.Equal(message, Assert.Throws<VireoException>(() => JsonText.Deflatten(JsonText.Parse(flat))).Message);
}
