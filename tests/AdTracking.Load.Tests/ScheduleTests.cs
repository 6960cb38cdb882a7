using AdTracking.Load.Engine;
using AdTracking.Load.Scenarios;

namespace AdTracking.Load.Tests;

public sealed class ScheduleTests
{
    [Fact]
    public void DueSeconds_Inject_IsEvenlySpaced()
    {
        var schedule = new Schedule([Scenarios.Inject(1000, 3)]);

        schedule.Total.ShouldBe(3000);
        schedule.DueSeconds(0).ShouldBe(0);
        schedule.DueSeconds(1).ShouldBe(0.001, 1e-12);
        schedule.DueSeconds(2999).ShouldBe(2.999, 1e-9);
    }

    [Fact]
    public void DueSeconds_RampUpAndDown_FollowsTheRate()
    {
        var schedule = new Schedule([new(SimulationKind.RampingInject, 0, 100, 2), new(SimulationKind.RampingInject, 100, 0, 2)]);

        schedule.Total.ShouldBe(200);
        schedule.DueSeconds(25).ShouldBe(1, 1e-9); // A quarter of the requests in the first half of the time.
        schedule.DueSeconds(175).ShouldBe(3, 1e-9);
    }

    [Fact]
    public void DueSeconds_Pause_MovesWhatFollows()
    {
        var schedule = new Schedule([Scenarios.Inject(10, 1), new(SimulationKind.Pause, 0, 0, 5), Scenarios.Inject(10, 1)]);

        schedule.Total.ShouldBe(20);
        schedule.DueSeconds(9).ShouldBe(0.9, 1e-9);
        schedule.DueSeconds(10).ShouldBe(6, 1e-9);
    }

    [Fact]
    public void Of_SameSeed_ChoosesTheSameByWeight()
    {
        Step[] steps = [Step("a", 1), Step("b", 3)];
        var first = Enumerable.Range(0, 40_000).Select(at => new StepChoice(5, steps).Of(at)).ToList();

        first.ShouldBe(Enumerable.Range(0, 40_000).Select(at => new StepChoice(5, steps).Of(at)));
        first.ShouldNotBe(Enumerable.Range(0, 40_000).Select(at => new StepChoice(6, steps).Of(at)));
        first.Count(step => step == 1).ShouldBeInRange(29_500, 30_500);
    }

    private static Step Step(string name, int weight) => new(name, weight, "GET", "/", [], "", 1);
}
