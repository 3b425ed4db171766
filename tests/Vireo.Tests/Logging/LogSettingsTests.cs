using Vireo.Core.Errors;
using Vireo.Core.Logging;
using Xunit;

namespace Vireo.Tests.Logging;

public class LogSettingsTests
{
    static LogSettings Of(string? debug = null, string? filters = null, string? outputs = null) => LogSettings.From(3, "", "", name => name switch
    {
        "LIBVIRT_DEBUG" => debug,
        "LIBVIRT_LOG_FILTERS" => filters,
        "LIBVIRT_LOG_OUTPUTS" => outputs,
        _ => null,
    }, null);

    [Theory]
    [InlineData("1:util.event 4:event", 1), InlineData("4:event 1:util.event", 4), InlineData("4:ut?l.event", 4), InlineData("4:util*nt", 4), InlineData("1:a*b", 3), InlineData("2:+vent", 2)]
    public void The_first_filter_that_fits_holds(string filters, int priority) => Assert.Equal(priority, Of(filters: filters).For("util.event"));

    /// <summary>What libvirt's own library says.</summary>
    [Theory]
    [InlineData("warn", null, null, "Failed to set logging priority, argument 'warn' is invalid")]
    [InlineData("0", "a", "b", "Failed to set logging priority, argument '0' is invalid")]
    [InlineData(null, "nonsense", "nonsense", "Malformed format for filter 'nonsense'")]
    [InlineData(null, "5:x", null, "Invalid priority '5' for filter '5:x'")]
    [InlineData(null, "1:+", null, "Invalid match string '+'")]
    [InlineData(null, null, "nonsense", "Malformed format for log output 'nonsense'")]
    [InlineData(null, null, "1", "Malformed format for log output '1'")]
    [InlineData(null, null, ":stderr", "Invalid log priority '' for log output ':stderr'")]
    [InlineData(null, null, "4:stderr 1:nowhere", "Invalid log destination 'nowhere' for log output '1:nowhere'")]
    [InlineData(null, null, "1:stderr:", "Log output '1:stderr:' does not meet the format requirements for destination type 'stderr'")]
    [InlineData(null, null, "1:file", "Log output '1:file' does not meet the format requirements for destination type 'file'")]
    public void Wrong_words_are_named(string? debug, string? filters, string? outputs, string what)
    {
        VireoException wrong = Assert.Throws<VireoException>(() => Of(debug, filters, outputs));
        Assert.Equal((ErrorCode.InvalidArg, ErrorDomain.None, $"invalid argument: {what}"), (wrong.Code, wrong.Domain, wrong.Message));
    }

    [Theory]
    [InlineData("debug", 1), InlineData("2", 2), InlineData("warning", 3), InlineData("error", 4), InlineData("", 3)]
    public void The_level_is_a_number_or_a_word(string debug, int level) => Assert.Equal(level, Of(debug, outputs: " ").Level);
}
