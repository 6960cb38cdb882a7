using AdTracking.Load.Scenarios;

namespace AdTracking.Load.Tests;

public sealed class ScenarioReaderTests
{
    [Fact]
    public void Read_ManyProblems_AreAllReportedWithTheirPaths()
    {
        ScenarioReader.Read(
            """
            { "connections": 0, "kepAlive": true, "steps": [ { "name": "a", "path": "v1", "weight": 1.5 }, 7, { "name": "b", "path": "/", "repeat": 2 } ],
              "loadSimulations": [ { "kind": "inject", "seconds": 1 }, { "kind": "keepConstant", "seconds": "x" }, { "kind": "bang", "seconds": 1 } ],
              "thresholds": { "p98MsMax": 1, "p99MsMax": "1" } }
            """,
            out var problems).ShouldBeNull();

        problems.Select(problem => problem[..problem.IndexOf(':')]).ShouldBe(
            [
                "name", "connections", "steps[0].weight", "steps[0].path", "steps[1]", "steps[2].repeat",
                "loadSimulations[0].rate", "loadSimulations[1].seconds", "loadSimulations[2].kind", "thresholds.p98MsMax", "thresholds.p99MsMax",
                "loadSimulations", "kepAlive",
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("[]", "a scenario must be an object")]
    [InlineData("{\n", "line 2: ")]
    public void Read_NoObject_IsOneProblem(string json, string start)
    {
        ScenarioReader.Read(json, out var problems).ShouldBeNull();
        problems.ShouldHaveSingleItem().ShouldStartWith(start);
    }

    [Fact]
    public void Read_LoadWithoutRequests_IsAProblem()
    {
        ScenarioReader.Read(
            """{"name":"a","steps":[{"name":"a","path":"/"}],"loadSimulations":[{"kind":"pause","seconds":9}]}""", out var problems);
        problems.ShouldBe(["loadSimulations: make no request"]);
    }

    [Theory]
    [InlineData("single.json")]
    [InlineData("pixel.json")]
    [InlineData("batch.json")]
    [InlineData("mixed.json")]
    [InlineData("ramp.json")]
    [InlineData("burst.json")]
    [InlineData("soak.json")]
    public void Read_ShippedScenario_HasNoProblem(string file)
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "AdTracking.sln")))
        {
            directory = Path.GetDirectoryName(directory)!;
        }

        var scenario = ScenarioReader.Read(File.ReadAllText(Path.Combine(directory, "loadtests/scenarios", file)), out var problems);

        problems.ShouldBeEmpty();
        scenario!.Name.ShouldBe(Path.GetFileNameWithoutExtension(file));
    }
}
