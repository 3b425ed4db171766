using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Vireo.Generators.CAbi;

/// <summary>How a function checks its arguments beyond what its operation says: a line of the table of checks.</summary>
sealed class CheckRules
{
    public static readonly CheckRules None = new CheckRules([]);

    readonly string[] rules;

    CheckRules(string[] rules) => this.rules = rules;

    public static Dictionary<string, CheckRules> Parse(IEnumerable<string> tables) => tables.SelectMany(t => t.Split('\n'))
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Trim().Split(' '))
        .ToDictionary(cells => cells[0], cells => new CheckRules(cells.Skip(1).ToArray()));

    /// <summary>Arguments come before the right to change.</summary>
    public bool Before => rules.Contains("before");

    /// <summary>What the parameter is called in messages.</summary>
    public string Name(string parameter) =>
        rules.FirstOrDefault(r => r.StartsWith(parameter + "=", StringComparison.Ordinal)) is { } rule ? rule.Substring(parameter.Length + 1) : parameter;

    /// <summary>It is not checked at all.</summary>
    public bool MayBeNull(string parameter) => rules.Contains(parameter + "?");

    /// <summary>A relative path is one of the caller's folder, not of the daemon's.</summary>
    public bool IsPath(string parameter) => rules.Contains(parameter + ":path");

    public bool MustBePositive(string parameter) => rules.Contains(parameter + ">0");

    /// <summary>Only a driver that has the function looks at it.</summary>
    public bool IsLate(string parameter) => rules.Contains(parameter + ":late");

    /// <summary>Two flags that exclude each other (^), or of which the first needs the second (~): <c>^NAME:VALUE^NAME:VALUE</c>.</summary>
    static string Pair(string rule, CParameter flags, string where)
    {
        string[] cells = rule.Split(rule[0], ':');
        return $"Arguments.{(rule[0] == '^' ? "NotTogether" : "NotAlone")}({flags.Safe}, {cells[2]}, \"{cells[1]}\", {cells[4]}, \"{cells[3]}\", {where.Substring(where.IndexOf(',') + 2)})";
    }

    /// <summary>The checks of a parameter that the table adds.</summary>
    public string Added(CParameter parameter, string where)
    {
        var text = new StringBuilder();
        foreach (string rule in rules.Where(r => r.StartsWith(parameter.Name, StringComparison.Ordinal)))
        {
            string? check = rule.Substring(parameter.Name.Length) switch
            {
                "!null" => $"Arguments.NotNull({parameter.Safe}, {where})",
                "!empty" => $"Arguments.NotEmpty({parameter.Safe}, {where})",
                "!0" => $"Arguments.NotZero((ulong){parameter.Safe}, {where})",
                ">=0" => $"Arguments.NotNegative({parameter.Safe}, {where})",
                "!both" => $"Arguments.NotBoth({parameter.Safe}, {where.Substring(where.IndexOf(',') + 2)})",
                var pair when pair[0] is '^' or '~' => Pair(pair, parameter, where),
                ":kib" => $"Arguments.Kibibytes({parameter.Safe})",
                _ => null,
            };
            if (check is not null)
                text.Append(check).Append(";\n            ");
        }
        return text.ToString();
    }
}
