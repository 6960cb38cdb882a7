# Everything starts here: `make help`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run build quick test check clean restore generate bench load faults

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

restore: ## packages; builds librdkafka once where NuGet lacks it
	@eng/setup.sh

build: restore ## executables under bin/
	@eng/build.sh

run: build ## the gateway on its embedded default
	@bin/adtracking-gateway

quick: restore ## tests without broker, registry and MSBuild, for the minute after an edit
	@eng/test.sh quick

test: restore ## all tests, long scenarios in a short form; ends with N passed, N failed, N skipped
	@eng/test.sh

generate: restore ## event classes from their schemas
	@eng/generate.sh

check: restore ## formatting, analysers, generated code, versions, architecture
	@eng/check.sh

bench: build ## benchmarks; tables under artifacts/
	@eng/bench.sh

load: build ## CPU per request beside nginx and other gateways; where the time goes
	@loadtests/compare.sh
	@loadtests/profile.sh

faults: restore ## everything at full length and a million simulated schedules; hours; its table goes into docs/durability.md
	@eng/faults.sh

clean: ## what was built (not the packages)
	@rm -rf bin artifacts && find src tests benchmarks -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
