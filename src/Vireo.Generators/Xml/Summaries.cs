using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Vireo.Generators.Xml;

/// <summary>What declarations say of themselves.</summary>
static class Summaries
{
    /// <summary>The text of the symbol's summary without markup, or null.</summary>
    public static string? Of(ISymbol symbol)
    {
        string? xml = symbol.GetDocumentationCommentXml();
        Match found = Regex.Match(xml ?? "", "<summary>(.*?)</summary>", RegexOptions.Singleline);
        if (!found.Success)
            return null;
        string text = Regex.Replace(found.Groups[1].Value, "<(?:see|paramref) [a-z]+=\"([^\"]*)\"\\s*/>", match => match.Groups[1].Value.Split('.').Last());
        text = Regex.Replace(text, "</?[a-z]+>", "");
        text = text.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&quot;", "\"").Replace("&amp;", "&");
        text = Regex.Replace(text, "\\s+", " ").Trim();
        return text.Length == 0 ? null : text;
    }
}
